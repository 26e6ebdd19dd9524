/** Which addresses there are, for telling a wrong method from a wrong address. */
export interface RouteTable {
  add(pattern: string, methods: readonly string[]): void
  /** The methods that a path takes, sorted; none for a path that no route has. */
  methodsAt(path: string): string[]
}

export function routeTable(): RouteTable {
  const known: { parts: string[]; methods: readonly string[] }[] = []
  return {
    add: (pattern, methods) => known.push({ parts: pattern.split('/'), methods }),
    methodsAt(path) {
      const asked = path.split('/')
      const found = known.filter(({ parts }) => fits(parts, asked)).flatMap(({ methods }) => methods)
      return [...new Set(found)].sort()
    }
  }
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  if (pattern.at(-1) === '*') {
    return path.length >= pattern.length && fits(pattern.slice(0, -1), path.slice(0, pattern.length - 1))
  }
  return (
    pattern.length === path.length &&
    pattern.every((part, i) => (part.startsWith(':') ? path[i] !== '' : part === path[i]))
  )
}
