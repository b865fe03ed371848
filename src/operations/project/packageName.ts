/** A name that npm takes for a package, made of what people call the project. */
export function packageName(projectName: string): string {
  const plain = projectName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '')
  return plain === '' ? 'project' : plain
}
