// The shop's own systems. The client sends their URL at the start of each conversation; in the suite they are mock tools.

/** @param url  The systems' URL. @returns A function that calls one and returns its result, or { error } if it failed. */
export function openBackOffice(url) {
  return async (tool, args) => {
    const response = await fetch(`${url}/${tool}`, { method: 'POST', body: JSON.stringify(args) })
    return response.json()
  }
}
