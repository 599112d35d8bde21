/** What scripts/generate.js writes; none of it is in git. */
export const generatedFiles = {
  suite: 'src/domain/generated/suite.ts',
  validator: 'src/pipeline/load/generated/validate-suite.js',
  validatorTypes: 'src/pipeline/load/generated/validate-suite.d.ts',
  eventValidator: 'src/adapters/stores/generated/validate-event.js',
  eventValidatorTypes: 'src/adapters/stores/generated/validate-event.d.ts',
  requests: 'src/app/serve/generated/requests.ts',
  answers: 'src/app/serve/generated/answers.ts',
  ownWords: 'src/domain/generated/own-words.ts',
  pageAssets: 'src/adapters/reporters/html/generated/page-assets.ts',
  render: 'src/adapters/reporters/html/generated/render.js',
  renderTypes: 'src/adapters/reporters/html/generated/render.d.ts',
  event: 'test/unit/domain/generated/event.ts',
}
