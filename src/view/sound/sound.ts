import type { PageView } from '../page-view.js'
import { Waveform } from './waveform.js'

declare const callsheetView: PageView

callsheetView.Waveform = Waveform
