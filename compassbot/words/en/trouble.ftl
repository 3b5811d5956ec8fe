## A message cannot leave until somebody fixes something

trouble-title = A message is waiting
trouble-not-invited = I am not in { $place }. Invite me: type **/invite @** there, and choose me from the list. A message is still waiting; it comes by itself as soon as I am in.
trouble-not-invited-more = Am I in it already? Then the channel is archived, or I may not write there. Open it again, or choose another channel with /compass settings.
trouble-not-connected = { $chat } does not let me do all that is needed. The code that { $chat } gives is “{ $why }”. Ask the person who runs the server to run **compassbot check**: it says what to fix. A message is still waiting; it comes by itself as soon as the connection is right again.
trouble-kept-title = Your dilemma is kept
trouble-kept = I cannot write in { $place } yet. An administrator knows. Your dilemma comes there by itself as soon as I am let in. You do not need to do anything.
trouble-kept-nobody = I cannot write in { $place } yet, and there is no administrator who can fix that. Ask the person who runs the server to name one. Your dilemma comes there by itself as soon as I am let in.
