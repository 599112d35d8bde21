/** So many causes have the conversation of their example on the page, for readers without JavaScript. */
export const mostExamples = 20
