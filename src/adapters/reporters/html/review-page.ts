export type { ReviewPage } from '../../../view/model/review-page.js'
export type { ConversationView } from '../../../view/model/run-view.js'
