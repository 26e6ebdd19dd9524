/** What comes of something within a time; null where it fails or takes longer. */
export async function within<T>(answer: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds)
  })
  try {
    return await Promise.race([answer.catch(() => null), tooLate])
  } finally {
    clearTimeout(timer)
  }
}
