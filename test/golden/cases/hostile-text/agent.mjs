// Says what breaks careless readers and writers.
export default function reply() {
  const hostile = '\u0000\u0007\u001b[31mred\u001b[0m \u009b \ud800 and \udfff \ufffe ]]> <!-- & \'" \u202e {{message}} ${HOME} \u2028 \r end'
  return { content: hostile, tool_calls: [{ name: hostile, arguments: { [hostile]: hostile } }], metadata: { [hostile]: hostile } }
}
