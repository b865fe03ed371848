/** What a client may tell its model of the whole server, before any tool is looked at. */
export const instructions = [
  'millrace runs many operations in one call: file edits and reads, searches, programs, HTTP requests, tools of other servers, agents.',
  'Whenever you are about to make two or more tool calls, send one batch_execute instead (batch_read if nothing changes):',
  'they run in parallel, in the order their paths and references need, and come back in one answer.',
  'Read the resource millrace://guide for the plan language and the form of answers.',
].join(' ')
