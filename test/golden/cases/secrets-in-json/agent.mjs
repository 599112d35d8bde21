// Gives away what it knows, in every form.
export default function reply(message) {
  const token = process.env.TOKEN
  const known = [token, Buffer.from(token).toString('base64'), encodeURIComponent(token), JSON.stringify({ token })]
  if (/stop/.test(message)) throw `${message} with ${token}`
  return {
    content: `Of course. ${known.join(' | ')}`,
    tool_calls: [{ name: `call_${token}`, arguments: { [token]: [token] }, result: token }],
    metadata: { [token]: token },
  }
}
