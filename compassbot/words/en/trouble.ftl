## A message cannot leave until somebody mends something

trouble-bot = compass
trouble-title = A message is waiting
trouble-not-invited = I am not in { $place }. Type **/invite @{ $bot }** there. A message is still waiting; it comes by itself as soon as I am in.
trouble-not-invited-more = Am I in it already? Then the channel is archived, or I may not write there. Open it again, or choose another channel with /compass settings.
trouble-not-connected = { $chat } does not let me do all that is needed. The code that { $chat } gives is “{ $why }”. **compassbot check** says what to mend. A message is still waiting; it comes by itself as soon as the connection is right again.
trouble-kept-title = Your dilemma is kept
trouble-kept = I cannot write in { $place } yet. An administrator knows. Your dilemma comes there by itself as soon as I am let in. You do not need to do anything.
