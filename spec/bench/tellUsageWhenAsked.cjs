// Required before a server: writes to file descriptor 3, at each SIGUSR2, the CPU time of its process so far and the most memory it had.
const { writeSync } = require('node:fs')

process.on('SIGUSR2', () => {
  const { user, system } = process.cpuUsage()
  writeSync(3, `${JSON.stringify({ cpuMs: (user + system) / 1_000, peakMb: process.resourceUsage().maxRSS / 1_024 })}\n`)
})
