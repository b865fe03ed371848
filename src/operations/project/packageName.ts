/** A name that npm takes for a package, made of what people call the project. */
export function packageName(projectName: string): string {
  const plain = projectName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '')
  return plain === '' ? 'project' : plain
}

/** The name of the swarm that works on a project. */
export function swarmNameOf(projectName: string): string {
  const name = packageName(projectName).replaceAll('.', '-').slice(0, 64)
  return name === 'all' ? 'project' : name
}
