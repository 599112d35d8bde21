export default (message) => `You said: ${message}`
