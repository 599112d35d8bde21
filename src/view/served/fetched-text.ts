// Runs on pages of a server before the script of the report: they fetch the parts that other pages have in themselves.
globalThis.callsheetText = async part => {
  const answer = await fetch(`view/${part}`)
  if (!answer.ok) throw new Error(`The server answered ${answer.status}. Open this page again.`)
  return await answer.text()
}
