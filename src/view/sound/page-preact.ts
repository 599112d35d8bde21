import type { PageView } from '../page-view.js'

// In the bundle of sound, this is `preact/jsx-runtime` and `preact/hooks`: the page has one Preact, and hooks know only their own.
declare const callsheetView: PageView

export const { jsx, jsxs, Fragment, useEffect, useRef, useState } = callsheetView
