import type { ComponentType } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Fragment, jsx, jsxs } from 'preact/jsx-runtime'
import type { CallView } from './model/call-view.js'

/** What the scripts of a page share: Preact is in the first of them, and the second adds what draws calls where there are any. */
export interface PageView {
  readonly jsx: typeof jsx
  readonly jsxs: typeof jsxs
  readonly Fragment: typeof Fragment
  readonly useEffect: typeof useEffect
  readonly useRef: typeof useRef
  readonly useState: typeof useState
  Player?: ComponentType<{ readonly call: CallView; readonly turn: number | undefined; readonly audio: string | undefined }>
}

export const pageView: PageView = { jsx, jsxs, Fragment, useEffect, useRef, useState }

declare global {
  /** Adds what draws calls; absent on pages without calls. */
  var callsheetSound: ((view: PageView) => void) | undefined
  /** Fetches a part of the result; absent on pages that have all parts in themselves. */
  var callsheetText: ((part: string) => Promise<string>) | undefined
}
