import { useEffect, useRef, useState } from 'preact/hooks'
import type { CallView } from '../model/call-view.js'
import { Waveform } from './waveform.js'

/** How far an arrow goes. */
const stepS = 5

/** A call in two lanes. Where its recording is at hand, it is played, and the conversation beside shows who speaks. */
export function Player({
  call,
  turn,
  audio,
}: {
  readonly call: CallView
  readonly turn: number | undefined
  readonly audio: string | undefined
}) {
  const player = useRef<HTMLAudioElement>(null)
  const [atS, setAt] = useState(0)
  const [source, setSource] = useState<string | undefined>(undefined)
  useEffect(() => {
    if (audio === undefined) return setSource(undefined)
    const embedded = document.getElementById(audio)
    if (!embedded) return setSource(audio)
    const bytes = Uint8Array.from(atob(embedded.textContent), character => character.charCodeAt(0))
    const url = URL.createObjectURL(new Blob([bytes], { type: call.recording?.mediaType ?? '' }))
    setSource(url)
    return () => URL.revokeObjectURL(url)
  }, [audio])

  useEffect(() => {
    const toS = Number(/[?&]t=([\d.]+)/.exec(location.hash)?.[1])
    if (toS) seek(toS)
  }, [source])

  const show = (seconds: number): void => {
    setAt(seconds)
    let now: Element | undefined
    for (const moment of document.querySelectorAll('.panel [data-at]')) {
      moment.classList.remove('now')
      if (Number(moment.getAttribute('data-at')) <= seconds) now = moment
    }
    now?.classList.add('now')
    now?.scrollIntoView({ block: 'nearest' })
  }
  const seek = (to: number): void => {
    const seconds = Math.min(Math.max(to, 0), call.seconds)
    if (player.current) player.current.currentTime = seconds
    show(seconds)
  }
  const onKey = (event: KeyboardEvent): void => {
    const to = { ArrowLeft: atS - stepS, ArrowRight: atS + stepS, Home: 0, End: call.seconds }[event.key]
    if (to === undefined) return
    event.preventDefault()
    seek(to)
  }
  return (
    <>
      <Waveform call={call} turn={turn} atS={atS} seek={seek} onKey={onKey} />
      {source !== undefined && (
        <audio
          ref={player}
          src={source}
          controls
          preload="none"
          aria-label="Recording: caller left, agent right"
          onTimeUpdate={event => show(event.currentTarget.currentTime)}
        />
      )}
    </>
  )
}
