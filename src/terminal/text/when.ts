/** A time as people of this place write it, in the order that sorts: `2026-03-01 14:05`. */
export function when(epochMs: number): string {
  const time = new Date(epochMs)
  const two = (number: number): string => String(number).padStart(2, '0')
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`
}
