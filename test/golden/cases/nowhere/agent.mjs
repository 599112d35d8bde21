export const reply = () => 'Hello.'
