import type { PageView } from '../page-view.js'
import { Player } from './player.js'

declare const callsheetView: PageView

callsheetView.Player = Player
