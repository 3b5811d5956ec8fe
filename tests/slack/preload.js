// What Slack does and local-slack 0.1.8 does not, added when it starts (Bun's --preload); tests/slack/local.py tells how.

const SECRET = process.env.PEOPLE_SIGNING_SECRET ?? "";
const SUBSCRIBED = (process.env.PEOPLE_EVENTS ?? "").split(",");
const TRIGGER_LIVES = 3000; // milliseconds
const PATIENCE = 10_000; // milliseconds in which a bot answers at all

const known = { stack: [], homes: {}, channels: [], bots: [], errors: null, log: [] }; // what the pages are told
const triggers = new Map(); // trigger_id -> {user, since, used}
const ids = new Map(); // the id that local-slack gave a changed view -> the id that the view had, and keeps in Slack
const answers = new Map(); // envelope_id -> what to do with the acknowledgement
const sent = new Set(); // envelope_ids: Slack gives each to one connection only
let asked = null; // what somebody does just now, while local-slack makes the payload for it
let changing = null; // the view that the bot's answer is about to change
let owner = null; // whose the open modal is

function learn(text) {
    const told = JSON.parse(text);
    if (told.t === "init") {
        known.stack = told.state.modalStack;
        known.homes = told.state.homeViews;
        known.channels = told.state.channels;
        known.bots = told.state.apps.map((app) => app.botUserId);
        known.connected = told.state.apps.some((app) => app.connected);
    } else if (told.t === "log") known.log.push(told.entry);
    else if (told.t === "socket_status") known.connected = told.connected;
    else if (told.t === "channel") known.channels.push(told.channel);
    else if (told.t === "view_errors") known.errors = told.errors;
    else if (told.t === "home") (known.homes[told.user] ??= {})[told.appId] = told.view;
    else if (told.t === "view") {
        const top = told.stack.at(-1)?.id;
        if (changing && top && top !== changing) ids.set(top, ids.get(changing) ?? changing);
        changing = null;
        known.errors = null;
        known.stack = told.stack;
    }
}

const outward = (text) => [...ids].reduce((found, [now, kept]) => found.replaceAll(now, kept), text);
function inward(text) {
    const current = new Map([...ids].map(([now, kept]) => [kept, now])); // the last one wins
    return [...current].reduce((found, [kept, now]) => found.replaceAll(kept, now), text);
}

// What a question holds that nobody touched.
const EMPTY = {
    checkboxes: (one) => ({ selected_options: one.initial_options ?? [] }),
    multi_static_select: (one) => ({ selected_options: one.initial_options ?? [] }),
    multi_external_select: (one) => ({ selected_options: one.initial_options ?? [] }),
    multi_users_select: (one) => ({ selected_users: one.initial_users ?? [] }),
    multi_conversations_select: (one) => ({ selected_conversations: one.initial_conversations ?? [] }),
    multi_channels_select: (one) => ({ selected_channels: one.initial_channels ?? [] }),
    radio_buttons: (one) => ({ selected_option: one.initial_option ?? null }),
    static_select: (one) => ({ selected_option: one.initial_option ?? null }),
    external_select: (one) => ({ selected_option: one.initial_option ?? null }),
    users_select: (one) => ({ selected_user: one.initial_user ?? null }),
    conversations_select: (one) => ({ selected_conversation: one.initial_conversation ?? null }),
    channels_select: (one) => ({ selected_channel: one.initial_channel ?? null }),
    datepicker: (one) => ({ selected_date: one.initial_date ?? null }),
    timepicker: (one) => ({ selected_time: one.initial_time ?? null }),
    datetimepicker: (one) => ({ selected_date_time: one.initial_date_time ?? null }),
    rich_text_input: (one) => ({ rich_text_value: one.initial_value ?? null }),
    plain_text_input: (one) => ({ value: one.initial_value ?? null }),
    email_text_input: (one) => ({ value: one.initial_value ?? null }),
    url_text_input: (one) => ({ value: one.initial_value ?? null }),
    number_input: (one) => ({ value: one.initial_value ?? null }),
};

function filledIn(view, given) {
    const values = {};
    for (const block of view?.blocks ?? [])
        for (const one of [block.element, block.accessory, ...(block.elements ?? [])])
            if (EMPTY[one?.type])
                (values[block.block_id] ??= {})[one.action_id] =
                    given?.[block.block_id]?.[one.action_id] ?? { type: one.type, ...EMPTY[one.type](one) };
    return values;
}

function shortcut(command, { callback_id, message }) {
    const { token, team_id, team_domain, user_id, user_name, trigger_id, channel_id, channel_name, response_url } = command;
    const common = {
        token, callback_id, trigger_id, action_ts: `${Date.now() / 1000}`, team: { id: team_id, domain: team_domain },
        user: { id: user_id, username: user_name, name: user_name, team_id }, is_enterprise_install: false, enterprise: null,
    };
    if (!message) return { type: "shortcut", ...common };
    const channel = { id: channel_id, name: channel_name };
    return { type: "message_action", ...common, channel, message_ts: message.ts, message, response_url };
}

function pressed(payload) {
    const home = asked && (asked.surface === "home" || (!asked.surface && !asked.channel));
    if (asked?.action) Object.assign(payload.actions[0], asked.action);
    if (asked?.surface === "modal" || home) {
        const view = home ? Object.values(known.homes[asked.user] ?? {})[0] : known.stack.at(-1);
        payload.view = { ...view, state: { values: filledIn(view, asked.values) } };
        payload.container = { type: "view", view_id: view?.id };
        for (const key of ["channel", "message", "response_url", "state"]) delete payload[key];
    } else if (payload.message?.subtype === "ephemeral") {
        payload.container.is_ephemeral = true; // and of such a message Slack keeps nothing to send along
        delete payload.message;
    } else if (payload.message?.thread_ts) payload.container.thread_ts = payload.message.thread_ts;
    return payload;
}

// Return what goes to the bot instead: its kind and its payload; null when it is not subscribed to it.
function amended(kind, payload) {
    if (kind === "events_api") {
        if (asked?.event) payload.event = asked.event;
        if (payload.event.type === "app_home_opened") {
            const view = known.homes[payload.event.user]?.[payload.api_app_id];
            if (view) payload.event.view = view;
        }
        if (!SUBSCRIBED.includes(payload.event.type)) return null;
    } else if (kind === "slash_commands") {
        if (asked?.shortcut) [kind, payload] = ["interactive", shortcut(payload, asked.shortcut)];
    } else if (payload.type === "block_actions") payload = pressed(payload);
    else if (payload.type === "view_submission") {
        payload.view.state = { values: filledIn(payload.view, asked?.values) };
        changing = payload.view.id;
    }
    const user = payload.user?.id ?? payload.user_id;
    if (payload.trigger_id) triggers.set(payload.trigger_id, { user, since: Date.now(), used: false });
    return [kind, JSON.parse(outward(JSON.stringify(payload)))];
}

// What the bot answered, as local-slack should understand it.
function understood(kind, text) {
    let answer;
    try { answer = JSON.parse(text || "null"); } catch { answer = kind === "slash_commands" ? { text } : null; }
    if (answer?.response_action !== "update") changing = null;
    if (kind === "slash_commands" && (answer?.text || answer?.blocks)) answer.response_type ??= "ephemeral";
    return answer ? JSON.stringify(answer) : text;
}

// Over HTTP

const KEPT_OPEN = JSON.stringify({ response_action: "errors", errors: {} }); // what was typed is not lost

const post = globalThis.fetch;

globalThis.fetch = async (address, request) => {
    const done = asked?.done;
    const json = request.headers["Content-Type"] === "application/json";
    const fields = json ? {} : Object.fromEntries(new URLSearchParams(request.body));
    const kind = json ? "events_api" : fields.payload ? "interactive" : "slash_commands";
    const changed = amended(kind, json ? JSON.parse(request.body) : fields.payload ? JSON.parse(fields.payload) : fields);
    if (asked) asked.sent = Boolean(changed);
    if (!changed) return new Response("");
    const [sort, payload] = changed;
    const body = json
        ? JSON.stringify(payload)
        : new URLSearchParams(sort === "interactive" ? { payload: JSON.stringify(payload) } : payload).toString();
    const since = Date.now();
    try {
        const response = await post(address, { ...request, body, headers: signed(request.headers, body) });
        const text = await response.text();
        done?.({ status: response.status, body: text, seconds: (Date.now() - since) / 1000 });
        if (!response.ok && payload.type === "view_submission") return new Response(KEPT_OPEN);
        return new Response(response.ok ? understood(sort, text) : text, { status: response.status });
    } catch (fault) {
        done?.({ status: 0, body: String(fault), seconds: (Date.now() - since) / 1000 });
        throw fault;
    }
};

function signed(headers, body) {
    const what = `v0:${headers["X-Slack-Request-Timestamp"]}:${body}`;
    const signature = new Bun.CryptoHasher("sha256", SECRET).update(what).digest("hex");
    return { ...headers, "X-Slack-Signature": `v0=${signature}` };
}

// Over Socket Mode

function envelope(text, acknowledge) {
    const found = JSON.parse(text);
    if (!found.envelope_id) return text;
    if (sent.has(found.envelope_id)) return null;
    const changed = amended(found.type, found.payload);
    if (asked) asked.sent = Boolean(changed);
    if (!changed) {
        queueMicrotask(() => acknowledge(JSON.stringify({ envelope_id: found.envelope_id }))); // or it waits for 5 seconds
        return null;
    }
    sent.add(found.envelope_id);
    answers.set(found.envelope_id, { done: asked?.done, kind: changed[0], since: Date.now() });
    return JSON.stringify({ ...found, type: changed[0], payload: changed[1] });
}

function acknowledged(text) {
    const found = JSON.parse(text);
    const answer = answers.get(found.envelope_id);
    if (!answer) return text;
    answers.delete(found.envelope_id);
    const body = found.payload === undefined ? "" : JSON.stringify(found.payload);
    answer.done?.({ status: 200, body, seconds: (Date.now() - answer.since) / 1000 });
    const payload = understood(answer.kind, body);
    return JSON.stringify({ ...found, ...(payload ? { payload: JSON.parse(payload) } : {}) });
}

// The page knows no rich text and no pictures by file: it gets what comes nearest.

const MARKS = [["code", "`"], ["strike", "~"], ["italic", "_"], ["bold", "*"]];

function words(one) {
    if (one.elements) return one.elements.map(words).join("");
    const plain = { link: `<${one.url}|${one.text ?? one.url}>`, user: `<@${one.user_id}>`, channel: `<#${one.channel_id}>`,
        emoji: `:${one.name}:`, date: one.fallback, broadcast: `@${one.range}` };
    const text = plain[one.type] ?? one.text ?? "";
    return MARKS.reduce((found, [name, mark]) => (one.style?.[name] && found.trim() ? `${mark}${found}${mark}` : found), text);
}

function paragraph(one) {
    if (one.type === "rich_text_list")
        return one.elements.map((line, number) =>
            `${"    ".repeat(one.indent ?? 0)}${one.style === "ordered" ? `${number + 1}.` : "•"} ${words(line)}`).join("\n");
    if (one.type === "rich_text_quote") return words(one).replace(/^/gm, "> ");
    if (one.type === "rich_text_preformatted") return words(one).replace(/^(.+)$/gm, "`$1`");
    return words(one);
}

function forThePage(key, value) {
    if (value?.type === "rich_text" && value.elements)
        return { type: "section", block_id: value.block_id, text: { type: "mrkdwn", text: value.elements.map(paragraph).join("\n") } };
    if (value?.type === "image" && value.slack_file) {
        const file = value.slack_file.id ?? /F[A-Z0-9]+/.exec(value.slack_file.url ?? "")?.[0];
        return { ...value, image_url: `/files/U/${file}/picture` };
    }
    return value;
}

const shown = (text) => (/^\{"t":"(log|socket_status)"/.test(text) ? text : JSON.stringify(JSON.parse(text, forThePage)));

// What the bot asks

const refused = (error) => Response.json({ ok: false, error });

async function api(method, request, next) {
    const text = await request.text();
    const json = (request.headers.get("content-type") ?? "").includes("json");
    const form = json ? JSON.parse(text || "{}") : Object.fromEntries(new URLSearchParams(text));
    if (method === "views.open" || method === "views.push") {
        const trigger = triggers.get(form.trigger_id);
        if (trigger?.used) return refused("exchanged_trigger_id");
        if (trigger && Date.now() - trigger.since > TRIGGER_LIVES) return refused("expired_trigger_id");
        if (trigger) [trigger.used, owner] = [true, trigger.user];
    }
    if (method === "views.update") {
        const view = inward(form.view_id ?? form.external_id ?? "");
        if (!known.stack.some((one) => one.id === view || one.external_id === view)) return refused("not_found");
    }
    if (method === "chat.postMessage" || method === "chat.postEphemeral") {
        const channel = known.channels.find((one) => one.id === form.channel);
        if (channel && !known.bots.some((bot) => channel.members.includes(bot))) return refused("not_in_channel");
    }
    const before = known.stack.map((one) => one.id);
    const response = await next(new Request(request.url, { method: "POST", headers: request.headers, body: method === "views.update" ? inward(text) : text }));
    const answer = await response.text();
    if (method === "views.update") {
        const now = JSON.parse(answer).view?.id;
        const was = before.find((one) => !known.stack.some((other) => other.id === one));
        if (now && was) ids.set(now, ids.get(was) ?? was);
    }
    return new Response(outward(answer), response);
}

async function answerTo(request, next) {
    const found = await request.json().catch(() => ({}));
    const detail = structuredClone(found);
    known.log.push({ id: crypto.randomUUID(), time: Date.now(), direction: "from_bot", kind: "response_url", summary: "response_url", detail });
    if (!found.replace_original && !found.delete_original) found.response_type ??= "ephemeral";
    return next(new Request(request.url, { method: "POST", headers: request.headers, body: JSON.stringify(found) }));
}

// What people do

async function does(request, hears) {
    const act = await request.json();
    let gone;
    const answer = new Promise((resolve) => (gone = resolve));
    const acting = (asked = { ...act, done: gone, sent: false });
    hears({ data: { kind: "ui" } }, JSON.stringify(act));
    asked = null;
    const silence = Bun.sleep(PATIENCE).then(() => ({ status: 0, body: "no answer", seconds: PATIENCE / 1000 }));
    const told = acting.sent ? await Promise.race([answer, silence]) : { status: null, body: "", seconds: 0 };
    await Bun.sleep(1); // local-slack does what the answer says
    return Response.json(told);
}

const state = () => Response.json(JSON.parse(outward(JSON.stringify({ ...known, log: undefined, owner }))));

const serve = Bun.serve;

Bun.serve = (options) => {
    const { open, message, close } = options.websocket;
    const seen = new Map(); // each connection, as local-slack sees it
    const connection = (ws) => ({
        data: ws.data,
        close: () => ws.close(),
        send(text) {
            const changed = ws.data.kind === "socket" ? envelope(text, (ack) => message(this, ack)) : shown(text);
            if (changed !== null) ws.send(changed);
        },
    });
    const server = serve({
        ...options,
        hostname: "127.0.0.1",
        fetch(request, upgrader) {
            const { pathname } = new URL(request.url);
            const next = (one) => options.fetch(one, upgrader);
            if (pathname === "/_people/does") return does(request, message);
            if (pathname === "/_people/state") return state();
            if (pathname === "/_people/log") return Response.json({ log: known.log });
            if (pathname.startsWith("/_hooks/response/")) return answerTo(request, next);
            const method = pathname.replace("/api/", "");
            if (/^(views|chat)\.[a-zA-Z]+$/.test(method) && request.method === "POST") return api(method, request, next);
            return next(request);
        },
        websocket: {
            ...options.websocket,
            open(ws) {
                seen.set(ws, connection(ws));
                open(seen.get(ws));
            },
            message(ws, text) {
                if (ws.data.kind === "socket") return message(seen.get(ws), acknowledged(String(text)));
                asked = { ...JSON.parse(text) };
                message(seen.get(ws), text);
                asked = null;
            },
            close(ws) {
                close(seen.get(ws));
                seen.delete(ws);
            },
        },
    });
    open({ data: { kind: "ui" }, send: learn });
    return server;
};
