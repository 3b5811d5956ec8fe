// Words for the script's own sentences, and the quiet voice that reads changes to a screen reader.

export const words = JSON.parse(document.getElementById("words").textContent);

export function counted(name, n) {
  if (n === 0 && words[`${name}None`]) return words[`${name}None`];
  return n === 1 ? words[`${name}One`] : words[name].replace("{n}", n);
}

const voice = document.getElementById("announce");
const connection = document.getElementById("connection");

export function announce(sentence) {
  voice.textContent = "";
  setTimeout(() => { voice.textContent = sentence; }, 50);
}

export function connected(yes) {
  if (yes && connection.hidden) return;
  connection.hidden = false;
  connection.textContent = yes ? words.online : words.offline;
  if (yes) setTimeout(() => { connection.hidden = true; }, 3000);
}
