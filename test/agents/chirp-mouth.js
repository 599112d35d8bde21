const frameBytes = 640

/**
 * What an agent says over CHIRP: sound at the speed of speech, between `speech.started` and `speech.completed`.
 *
 * @param {import('ws').WebSocket} socket
 */
export function chirpMouth(socket) {
  let utterances = 0
  /** @type {NodeJS.Timeout | undefined} */
  let speaking
  socket.on('close', stop)
  return { say, stop }

  /** In place of what is being said. @param {Buffer} sound */
  function say(sound) {
    stop()
    utterances += 1
    const id = `a${utterances}`
    const startedAt = Date.now()
    let sent = 0
    tell('speech.started', id)
    speaking = setInterval(() => {
      const due = Math.ceil((Date.now() - startedAt + 20) / 20) * frameBytes
      for (; sent < Math.min(due, sound.length); sent += frameBytes) socket.send(sound.subarray(sent, sent + frameBytes))
      if (sent < sound.length) return
      stop()
      tell('speech.completed', id)
    }, 20)
  }

  function stop() {
    clearInterval(speaking)
  }

  /** @param {string} type @param {string} utterance */
  function tell(type, utterance) {
    if (socket.readyState !== socket.OPEN) return
    socket.send(JSON.stringify({ type, id: `${utterance}-${type}`, ts_ms: Date.now(), data: { utterance_id: utterance } }))
  }
}
