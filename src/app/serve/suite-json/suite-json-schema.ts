/** Of the test suites that `run_scenarios_json/` takes: made of the very checks that read them. */
export { testSuiteJsonSchema } from '../../../adapters/exchange/test-suite/read-test-suite.js'
