// Generated from schemas/suite.schema.json by npm run generate; do not edit
export const validateSuite = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:callsheet:schema:suite:1","title":"Callsheet suite","description":"A suite file of Callsheet, or a file that one includes. The suite file itself needs version and suite; sections may be spread over the included files.","type":"object","additionalProperties":false,"properties":{"version":{"title":"Version","description":"The format's version.","const":1,"examples":[1]},"suite":{"title":"Suite","description":"What this suite is.","type":"object","additionalProperties":false,"properties":{"name":{"title":"Name","description":"The suite's name, shown in every report.","type":"string","minLength":1,"examples":["Clinic scheduling"]},"description":{"title":"Description","description":"What it gates.","type":"string","examples":["Release gate for the scheduling agent"]},"owner":{"title":"Owner","description":"Who answers for it.","type":"string","examples":["scheduling-team"]}},"examples":[{"name":"Clinic scheduling"}],"required":["name"]},"include":{"title":"Include","description":"Files, folders or globs, relative to this file, inside its git work tree. A folder's path below the include is its scenarios' folder.","type":"array","items":{"type":"string","minLength":1},"examples":[["personalities.yaml","scenarios/"]]},"models":{"title":"Models","description":"Language models; only needed by what is written in plain language.","type":"object","additionalProperties":false,"properties":{"caller":{"title":"Caller","description":"Speaks as the caller.","$ref":"#/$defs/model","examples":[{"base_url":"http://127.0.0.1:11434/v1","model":"llama3"}]},"judge":{"title":"Judge","description":"Judges outcomes and metrics.","$ref":"#/$defs/judge","examples":[{"base_url":"http://127.0.0.1:11434/v1","model":"llama3"}]}},"examples":[{"caller":{"base_url":"http://127.0.0.1:11434/v1","model":"llama3"}}]},"prices":{"title":"Prices","description":"What models cost, by their names: so that reports tell what a suite cost, and limits.max_cost can stop it.","type":"object","additionalProperties":{"$ref":"#/$defs/prices"},"examples":[{"gpt-4.1-mini":{"input":0.4,"output":1.6}}]},"caller_check":{"title":"Caller check","description":"Whether a model reads what a model-driven caller said: a run whose caller left its instructions is caller_invalid, and is run again. Default: true.","type":"boolean","examples":[false]},"agents":{"title":"Agents","description":"The agents under test, by key.","type":"object","propertyNames":{"pattern":"^[A-Za-z0-9_][A-Za-z0-9_-]*$"},"additionalProperties":{"$ref":"#/$defs/agent"},"examples":[{"clinic":{"connection":{"type":"websocket","url":"ws://127.0.0.1:8765"}}}]},"personalities":{"title":"Personalities","description":"As whom callers speak, by key.","type":"object","propertyNames":{"pattern":"^[A-Za-z0-9_][A-Za-z0-9_-]*$"},"additionalProperties":{"$ref":"#/$defs/personality"},"examples":[{"calm":{"prompt":"You are calm."}}]},"test_profiles":{"title":"Test profiles","description":"Who callers are, by key.","type":"object","propertyNames":{"pattern":"^[A-Za-z0-9_][A-Za-z0-9_-]*$"},"additionalProperties":{"$ref":"#/$defs/test_profile"},"examples":[{"maria":{"caller_variables":{"name":"Maria Lopez"}}}]},"metrics":{"title":"Metrics","description":"What is measured, by key.","type":"object","propertyNames":{"pattern":"^[A-Za-z0-9_][A-Za-z0-9_-]*$"},"additionalProperties":{"$ref":"#/$defs/metric"},"examples":[{"reply_latency":{"type":"numeric","builtin":"latency_ms"}}]},"scenarios":{"title":"Scenarios","description":"The simulated calls, by key, in the order they run.","type":"object","propertyNames":{"pattern":"^[A-Za-z0-9_][A-Za-z0-9_-]*$"},"additionalProperties":{"$ref":"#/$defs/scenario"},"examples":[{"greets":{"script":{"first_message":"Hi."},"expect":[{"agent_says":{"contains":"help"}}]}}]},"judge_controls":{"title":"Judge controls","description":"Conversations of which it is known what they are worth, by key. They are judged in every run; while the judge gets one wrong, nothing that it says can gate.","type":"object","propertyNames":{"pattern":"^[A-Za-z0-9_][A-Za-z0-9_-]*$"},"additionalProperties":{"$ref":"#/$defs/judge_control"},"examples":[{"refund_refused":{"scenario":"angry_refund","transcript":[{"role":"caller","content":"I was charged twice!"},{"role":"agent","content":"That is not my problem."}],"expect":{"outcome":"not_met"}}}]},"runs":{"title":"Runs","description":"What to run. Default: every scenario on the only agent.","type":"array","items":{"$ref":"#/$defs/run_entry"},"minItems":1,"examples":[[{"name":"Smoke","scenarios":"all","tags":["smoke"]}]]},"thresholds":{"title":"Thresholds","description":"The gate over the whole suite.","$ref":"#/$defs/thresholds","examples":[{"pass_rate":0.95}]},"limits":{"$ref":"#/$defs/limits"},"retries":{"$ref":"#/$defs/retries"}},"examples":[{"version":1,"suite":{"name":"Clinic"},"agents":{"clinic":{"connection":{"type":"websocket","url":"ws://127.0.0.1:8765"}}},"scenarios":{"greets":{"script":{"first_message":"Hi."},"expect":[{"agent_says":{"contains":"help"}}]}}}],"$defs":{"duration":{"title":"Duration","description":"A length of time: a number with the unit ms, s, m or h.","type":"string","pattern":"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$","examples":["250ms","10s","5m","1h"]},"rate":{"title":"Rate","description":"A share from 0 to 1.","type":"number","minimum":0,"maximum":1,"examples":[0.95]},"frequency":{"title":"Frequency","description":"How often a case runs: a number, or until its pass rate is decided.","anyOf":[{"title":"Number of runs","description":"So many times.","type":"integer","minimum":1,"maximum":1000000,"examples":[3]},{"title":"Until decided","description":"Until the pass rate that is asked of the case is met or missed at its confidence (0.95 where none is given), by a test that may be looked at after every run. A case that is still undecided after the most runs could not be told.","type":"object","additionalProperties":false,"properties":{"min":{"title":"Fewest runs","description":"Runs that are held in any case. Default: 1.","type":"integer","minimum":1,"maximum":1000000,"examples":[3]},"max":{"title":"Most runs","description":"Runs that are held at the most.","type":"integer","minimum":1,"maximum":1000000,"examples":[20]},"until":{"title":"Until","description":"When to end.","const":"decided","examples":["decided"]}},"required":["max","until"],"examples":[{"min":3,"max":20,"until":"decided"}]}],"examples":[3,{"min":3,"max":20,"until":"decided"}]},"pass_rate":{"title":"Pass rate","description":"A share above 0, up to 1: a pass rate of 0 could never be missed, so it would gate nothing.","type":"number","exclusiveMinimum":0,"maximum":1,"examples":[0.95]},"id":{"title":"Id","description":"An integer id, the one the run-scenarios API uses.","type":"integer","minimum":1,"examples":[101]},"tags":{"title":"Tags","description":"Free labels to select by.","type":"array","items":{"type":"string","minLength":1},"uniqueItems":true,"examples":[["smoke","cancel"]]},"headers":{"title":"Headers","description":"HTTP headers sent to the agent: name to value. Values may read the environment; they are redacted in every report.","type":"object","additionalProperties":{"type":"string"},"examples":[{"Authorization":"Bearer ${AGENT_TOKEN}"}]},"variables":{"title":"Variables","description":"Name to value. Scalars only; names are letters, digits, - and _, so that {{test_profile.name}} can refer to them.","type":"object","propertyNames":{"pattern":"^[A-Za-z0-9_-]+$"},"additionalProperties":{"type":["string","number","boolean","null"]},"examples":[{"name":"Maria Lopez"}]},"command":{"title":"Command","description":"A program with its arguments as a list, or one line for the shell.","anyOf":[{"type":"string","minLength":1},{"type":"array","items":{"type":"string"},"minItems":1}],"examples":["node agents/clinic.js",["node","agents/clinic.js"]]},"bounds":{"title":"Bounds","description":"A lower and an upper bound, both inclusive.","type":"object","additionalProperties":false,"properties":{"min":{"title":"Minimum","description":"The value may not be below this.","type":"number","examples":[1]},"max":{"title":"Maximum","description":"The value may not be above this.","type":"number","examples":[2000]}},"minProperties":1,"examples":[{"max":2000}]},"count":{"title":"Count","description":"An exact number, or bounds.","anyOf":[{"type":"integer","minimum":0},{"$ref":"#/$defs/bounds"}],"examples":[1,{"min":1,"max":3}]},"duration_bounds":{"title":"Duration bounds","description":"A shortest and a longest duration, both inclusive.","type":"object","additionalProperties":false,"properties":{"min":{"title":"Shortest","description":"It may not take less.","$ref":"#/$defs/duration","examples":["1s"]},"max":{"title":"Longest","description":"It may not take longer.","$ref":"#/$defs/duration","examples":["60s"]}},"minProperties":1,"examples":[{"max":"60s"}]},"text_matcher":{"title":"Text matcher","description":"What a text must be like. Several keys must all hold.","type":"object","additionalProperties":false,"properties":{"contains":{"title":"Contains","description":"The text holds these words, upper and lower case alike.","type":"string","minLength":1,"examples":["cancelled"]},"matches":{"title":"Matches","description":"The text matches this regular expression (RE2 syntax: `(?i)` works, there are no back-references, and matching takes linear time).","type":"string","minLength":1,"examples":["(?i)good ?bye|take care"]},"equals":{"title":"Equals","description":"The text is exactly this, white space at both ends aside.","type":"string","examples":["Goodbye."]},"one_of":{"title":"One of","description":"The text is exactly one of these, white space at both ends aside.","type":"array","items":{"type":"string","minLength":1},"minItems":1,"examples":[["Yes.","No."]]}},"minProperties":1,"examples":[{"contains":"cancelled"}]},"condition":{"title":"Condition","description":"When a step answers: `any`, or a map whose keys must all hold.","anyOf":[{"const":"any"},{"title":"Condition on what the agent said","description":"Several keys must all hold.","type":"object","additionalProperties":false,"properties":{"contains":{"title":"Contains","description":"The text holds these words, upper and lower case alike.","type":"string","minLength":1,"examples":["cancelled"]},"matches":{"title":"Matches","description":"The text matches this regular expression (RE2 syntax: `(?i)` works, there are no back-references, and matching takes linear time).","type":"string","minLength":1,"examples":["(?i)good ?bye|take care"]},"equals":{"title":"Equals","description":"The text is exactly this, white space at both ends aside.","type":"string","examples":["Goodbye."]},"one_of":{"title":"One of","description":"The text is exactly one of these, white space at both ends aside.","type":"array","items":{"type":"string","minLength":1},"minItems":1,"examples":[["Yes.","No."]]},"says":{"title":"Says","description":"What the agent says, in plain language. Needs models.caller.","type":"string","minLength":1,"examples":["The agent asks for a date of birth"]}},"minProperties":1}],"examples":["any",{"contains":"name"},{"matches":"birth|born"}]},"step":{"title":"Step","description":"One thing the caller says, and when. The first step in order that matches and has not been used answers. It has say or act: exactly one.","type":"object","additionalProperties":false,"properties":{"when":{"title":"When","description":"The step answers an agent turn that this holds for.","$ref":"#/$defs/condition","examples":[{"contains":"name"}]},"after":{"title":"After","description":"A follow-up: the turn after the step of this number (the first step is 1), whatever the agent says.","type":"integer","minimum":1,"examples":[2]},"say":{"title":"Say","description":"The exact words; no personality changes them. {{test_profile.x}} reads the profile's caller variables; tags such as <hold time=\"2s\"/>, <dtmf digits=\"12#\"/> and <endcall/> act.","type":"string","minLength":1,"examples":["It's {{test_profile.name}}."]},"act":{"title":"Act","description":"What to say or do, in plain language; the caller finds its own words for it. Tags act as they do in say. Needs models.caller.","type":"string","minLength":1,"examples":["Give your name, but not your date of birth."]},"repeat":{"title":"Repeat","description":"Whether the step may answer more than once. Default: false.","type":"boolean","examples":[true]}},"examples":[{"when":{"contains":"name"},"say":"It's Maria."},{"when":{"says":"The agent asks who is calling"},"act":"Give only your first name."}]},"script":{"title":"Script","description":"A structured test: what the caller says, in order of what it hears. Deterministic, and needs no model, but for its act and says.","type":"object","additionalProperties":false,"properties":{"first_message":{"title":"First message","description":"What the caller opens with; empty when the agent speaks first. Default: empty.","type":"string","examples":["Hi, I need to cancel my appointment."]},"steps":{"title":"Steps","description":"The caller's answers, first match first.","type":"array","items":{"$ref":"#/$defs/step"},"examples":[[{"when":"any","say":"Thanks, bye. <endcall/>"}]]}},"examples":[{"first_message":"Hi.","steps":[{"when":"any","say":"Bye. <endcall/>"}]}]},"conditional_action":{"title":"Conditional action","description":"One condition and action in the form of the run-scenarios API.","type":"object","additionalProperties":false,"properties":{"id":{"title":"Id","description":"Unique among the conditions; the first is 0.","type":"integer","minimum":0,"examples":[0]},"condition":{"title":"Condition","description":"FIRST_MESSAGE for id 0; the id of an earlier condition for an action_followup; else when to act: contains \"words\" is deterministic, other text is plain language and needs models.caller.","type":["string","integer"],"examples":["FIRST_MESSAGE","contains \"name\"",1]},"action":{"title":"Action","description":"What the caller says (fixed_message: true) or does (false: plain language, needs models.caller).","type":"string","examples":["It's Maria."]},"type":{"title":"Type","description":"standard acts on its condition; action_followup acts on the turn after the condition it refers to, whatever the agent says.","enum":["standard","action_followup"],"examples":["standard"]},"fixed_message":{"title":"Fixed message","description":"Whether the action is the exact words.","type":"boolean","examples":[true]}},"examples":[{"id":0,"condition":"FIRST_MESSAGE","action":"Hi.","type":"standard","fixed_message":true}],"required":["id","condition","action","type","fixed_message"]},"conditional_actions":{"title":"Conditional actions","description":"A structured test in the exact form of the run-scenarios API.","type":"object","additionalProperties":false,"properties":{"role":{"title":"Role","description":"Who the caller is.","type":"string","minLength":1,"examples":["You are Maria, a patient."]},"conditions":{"title":"Conditions","description":"The first has id 0, condition FIRST_MESSAGE and fixed_message true.","type":"array","items":{"$ref":"#/$defs/conditional_action"},"minItems":1,"examples":[[{"id":0,"condition":"FIRST_MESSAGE","action":"Hi.","type":"standard","fixed_message":true}]]}},"examples":[{"role":"You are Maria.","conditions":[{"id":0,"condition":"FIRST_MESSAGE","action":"Hi.","type":"standard","fixed_message":true}]}],"required":["role","conditions"]},"tool_called":{"title":"Tool called","description":"The agent called this tool.","type":"object","additionalProperties":false,"properties":{"name":{"title":"Name","description":"The tool's name.","type":"string","minLength":1,"examples":["cancel_appointment"]},"arguments":{"title":"Arguments","description":"The call's arguments hold at least these values, objects in depth; arrays must be equal.","type":"object","examples":[{"patient_id":"P-1"}]},"times":{"title":"Times","description":"How many calls match. Default: at least one.","$ref":"#/$defs/count","examples":[1]},"after":{"title":"After","description":"A matching call comes after the first call of this tool.","type":"string","minLength":1,"examples":["look_up_patient"]}},"examples":[{"name":"cancel_appointment","arguments":{"patient_id":"P-1"}}],"required":["name"]},"assertion":{"title":"Assertion","description":"One thing that must hold; a map with exactly one key.","type":"object","additionalProperties":false,"properties":{"agent_says":{"title":"Agent says","description":"At least one message or turn of the agent is like this.","$ref":"#/$defs/text_matcher","examples":[{"contains":"cancelled"}]},"caller_says":{"title":"Caller says","description":"At least one message of the caller is like this.","$ref":"#/$defs/text_matcher","examples":[{"contains":"Maria"}]},"tool_called":{"title":"Tool called","description":"The agent called this tool.","$ref":"#/$defs/tool_called","examples":[{"name":"cancel_appointment"}]},"metadata":{"title":"Metadata","description":"A value of the metadata that the agent sent.","type":"object","additionalProperties":false,"properties":{"pointer":{"title":"Pointer","description":"Where the value is, a JSON Pointer (RFC 6901).","type":"string","pattern":"^(/.*)?$","examples":["/appointment/status"]},"exists":{"title":"Exists","description":"Whether there is a value at all.","type":"boolean","examples":[true]},"equals":{"title":"Equals","description":"The value is equal to this, in depth.","examples":["cancelled"]},"contains":{"title":"Contains","description":"The text holds these words, upper and lower case alike.","type":"string","minLength":1,"examples":["cancelled"]},"matches":{"title":"Matches","description":"The text matches this regular expression (RE2 syntax: `(?i)` works, there are no back-references, and matching takes linear time).","type":"string","minLength":1,"examples":["(?i)good ?bye|take care"]}},"minProperties":2,"examples":[{"pointer":"/status","equals":"cancelled"}],"required":["pointer"]},"ended_by":{"title":"Ended by","description":"Who ended the conversation; limit means one of Callsheet's own limits did.","enum":["agent","caller","limit"],"examples":["agent"]},"turns":{"title":"Turns","description":"How often the caller spoke.","$ref":"#/$defs/count","examples":[{"max":6}]},"duration":{"title":"Duration","description":"How long the conversation took.","$ref":"#/$defs/duration_bounds","examples":[{"max":"60s"}]},"metric":{"title":"Metric","description":"A metric's value is within bounds.","type":"object","additionalProperties":false,"properties":{"name":{"title":"Name","description":"A metric of the suite, or a built-in one.","type":"string","minLength":1,"examples":["latency_ms"]},"statistic":{"title":"Statistic","description":"Of a metric with many samples in a run, such as latency_ms, the figure to hold against the bounds. Default: the metric's own.","enum":["mean","p50","p90","p95","p99","max"],"examples":["p95"]},"min":{"title":"Minimum","description":"The value may not be below this.","type":"number","examples":[0.8]},"max":{"title":"Maximum","description":"The value may not be above this.","type":"number","examples":[2000]},"equals":{"title":"Equals","description":"The value is this (binary: true or false; enum: one of its values).","type":["boolean","string","number"],"examples":[true]}},"minProperties":2,"examples":[{"name":"latency_ms","max":2000}],"required":["name"]},"not":{"title":"Not","description":"This assertion does not hold.","$ref":"#/$defs/assertion","examples":[{"agent_says":{"contains":"credit card"}}]},"all":{"title":"All","description":"Every one of these assertions holds.","type":"array","items":{"$ref":"#/$defs/assertion"},"minItems":1,"examples":[[{"ended_by":"agent"},{"turns":{"max":6}}]]},"any":{"title":"Any","description":"At least one of these assertions holds.","type":"array","items":{"$ref":"#/$defs/assertion"},"minItems":1,"examples":[[{"ended_by":"agent"},{"ended_by":"caller"}]]}},"minProperties":1,"maxProperties":1,"examples":[{"agent_says":{"contains":"cancelled"}}]},"limits":{"title":"Limits","description":"Bounds on the whole suite.","type":"object","additionalProperties":false,"properties":{"concurrency":{"title":"Concurrency","description":"Conversations held at once. Default: 10.","type":"integer","minimum":1,"maximum":100000,"examples":[20]},"starts_per_second":{"title":"Starts per second","description":"Conversations started in a second at most. Default: no bound.","type":"number","exclusiveMinimum":0,"examples":[5]},"run_timeout":{"title":"Run timeout","description":"How long one run may take, connecting included. Default: 10m.","$ref":"#/$defs/duration","examples":["10m"]},"suite_timeout":{"title":"Suite timeout","description":"How long everything may take; then what is under way is ended and the rest is not run. Default: no bound.","$ref":"#/$defs/duration","examples":["1h"]},"max_runs":{"title":"Max runs","description":"A plan with more runs than this is refused. Default: 2000.","type":"integer","minimum":1,"examples":[2000]},"max_failures":{"title":"Max failures","description":"Once this many runs have failed (failed or agent_error) no more are started, and the gate fails. Default: no bound.","type":"integer","minimum":1,"examples":[10]},"max_cost":{"title":"Max cost","description":"Once models have cost this much, in the currency of prices, no more runs are started. Default: no bound.","type":"number","exclusiveMinimum":0,"examples":[5]},"stop_when_decided":{"title":"Stop when decided","description":"Once a run entry's gate can no longer change, its remaining runs are not started. Default: false.","type":"boolean","examples":[true]}},"examples":[{"concurrency":20,"run_timeout":"10m"}]},"retries":{"title":"Retries","description":"How often a run is tried again, by how it ended. Every attempt stays in the report.","type":"object","additionalProperties":false,"properties":{"infra_error":{"title":"After infra_error","description":"Times to run again when it could not be told. Default: 2.","type":"integer","minimum":0,"maximum":20,"examples":[2]},"agent_error":{"title":"After agent_error","description":"Times to run again when the agent broke; a run that then passes is marked flaky. Default: 0.","type":"integer","minimum":0,"maximum":20,"examples":[0]},"failed":{"title":"After failed","description":"Times to run again when something did not hold; a run that then passes is marked flaky. Default: 0.","type":"integer","minimum":0,"maximum":20,"examples":[0]}},"examples":[{"infra_error":2,"agent_error":0}]},"thresholds":{"title":"Thresholds","description":"The bar to clear. What is not given is not asked, but for coverage (1) and, where no pass_rate, each_scenario or all_of is given at all, pass_rate (1).","type":"object","additionalProperties":false,"properties":{"pass_rate":{"title":"Pass rate","description":"The share of runs that must pass.","anyOf":[{"$ref":"#/$defs/pass_rate"},{"title":"Pass rate with confidence","description":"With a confidence the lower end of the Wilson score interval must reach the minimum.","type":"object","additionalProperties":false,"properties":{"min":{"title":"Minimum","description":"The share that must pass.","$ref":"#/$defs/pass_rate","examples":[0.9]},"confidence":{"title":"Confidence","description":"Confidence of the two-sided interval: Wilson's, or of a case that runs until it is decided, that of its test.","type":"number","exclusiveMinimum":0,"exclusiveMaximum":1,"examples":[0.95]}},"examples":[{"min":0.9,"confidence":0.95}],"required":["min"]}],"examples":[0.95,{"min":0.9,"confidence":0.95}]},"each_scenario":{"title":"Each scenario","description":"The bar for every scenario x personality x test profile on its own.","type":"object","additionalProperties":false,"properties":{"pass_rate":{"title":"Pass rate","description":"The share of each one's repeats that must pass.","anyOf":[{"$ref":"#/$defs/pass_rate"},{"title":"Pass rate with confidence","description":"With a confidence the lower end of the Wilson score interval must reach the minimum.","type":"object","additionalProperties":false,"properties":{"min":{"title":"Minimum","description":"The share that must pass.","$ref":"#/$defs/pass_rate","examples":[0.9]},"confidence":{"title":"Confidence","description":"Confidence of the two-sided interval: Wilson's, or of a case that runs until it is decided, that of its test.","type":"number","exclusiveMinimum":0,"exclusiveMaximum":1,"examples":[0.95]}},"examples":[{"min":0.9,"confidence":0.95}],"required":["min"]}],"examples":[0.95,{"min":0.9,"confidence":0.95}]}},"examples":[{"pass_rate":0.66}],"required":["pass_rate"]},"all_of":{"title":"All of (pass^k)","description":"For every scenario x personality x test profile: the chance that k repeats drawn from those held all pass is 1, so at least k ran and none failed.","type":"integer","minimum":1,"examples":[3]},"coverage":{"title":"Coverage","description":"The share of planned runs that must end passed, failed or agent_error; below it the gate could not tell (exit code 3). Default: 1.","$ref":"#/$defs/rate","examples":[1]},"metrics":{"title":"Metrics","description":"Bounds on a metric over all runs, by metric and statistic.","type":"object","additionalProperties":{"title":"Metric bounds","description":"Statistic to bounds. Of a binary metric the mean is the share of true.","type":"object","additionalProperties":false,"properties":{"mean":{"title":"Mean","description":"Bounds on the mean.","$ref":"#/$defs/bounds","examples":[{"max":1200}]},"min":{"title":"Smallest","description":"Bounds on the smallest value.","$ref":"#/$defs/bounds","examples":[{"min":1}]},"max":{"title":"Largest","description":"Bounds on the largest value.","$ref":"#/$defs/bounds","examples":[{"max":5000}]},"p50":{"title":"Median","description":"Bounds on the 50th percentile.","$ref":"#/$defs/bounds","examples":[{"max":800}]},"p90":{"title":"p90","description":"Bounds on the 90th percentile.","$ref":"#/$defs/bounds","examples":[{"max":1500}]},"p95":{"title":"p95","description":"Bounds on the 95th percentile.","$ref":"#/$defs/bounds","examples":[{"max":2000}]},"p99":{"title":"p99","description":"Bounds on the 99th percentile.","$ref":"#/$defs/bounds","examples":[{"max":3000}]}},"minProperties":1},"examples":[{"latency_ms":{"p95":{"max":2000}}}]},"no_regression":{"title":"No regression","description":"Of the suite only: nothing may have got worse since another result, beyond chance. Where that result cannot be read, the gate could not tell.","type":"object","additionalProperties":false,"properties":{"baseline":{"title":"Baseline","description":"Folder of the result to compare with, relative to this file. --baseline on the command line wins.","type":"string","minLength":1,"examples":["../baseline"]},"alpha":{"title":"Alpha","description":"How likely one false alarm in the whole comparison may be. Default: 0.05.","type":"number","exclusiveMinimum":0,"exclusiveMaximum":1,"examples":[0.05]}},"examples":[{"baseline":"../baseline","alpha":0.05}]},"must_pass":{"title":"Must pass","description":"Scenarios that may not fail even once.","type":"object","additionalProperties":false,"properties":{"tags":{"title":"Tags","description":"Scenarios with any of these tags.","type":"array","minItems":1,"items":{"type":"string","minLength":1},"uniqueItems":true,"examples":[["smoke"]]},"scenarios":{"title":"Scenarios","description":"Scenarios by id or key.","type":"array","minItems":1,"items":{"type":["integer","string"]},"examples":[[101,"cancel_appointment"]]}},"minProperties":1,"examples":[{"tags":["smoke"]}]}},"examples":[{"pass_rate":0.95}]},"start":{"title":"Start","description":"The agent's own process: launched before the first run, stopped with its whole process group after the last.","type":"object","additionalProperties":false,"properties":{"command":{"title":"Command","description":"What to launch.","$ref":"#/$defs/command","examples":["node agents/clinic.js"]},"ready":{"title":"Ready","description":"The agent is ready once this answers: http(s)://, ws(s):// or tcp://host:port. Default: the connection's own address.","type":"string","pattern":"^(https?|wss?|tcp)://","examples":["ws://127.0.0.1:8765"]},"timeout":{"title":"Timeout","description":"How long it may take to become ready. Default: 30s.","$ref":"#/$defs/duration","examples":["10s"]},"env":{"title":"Environment","description":"Variables added to the process's environment.","type":"object","additionalProperties":{"type":["string","number","boolean"]},"examples":[{"PORT":"8765"}]},"cwd":{"title":"Working folder","description":"Relative to the suite file. Default: the suite file's folder.","type":"string","minLength":1,"examples":[".."]}},"examples":[{"command":"node agents/clinic.js","ready":"ws://127.0.0.1:8765","timeout":"10s"}],"required":["command"]},"connection_http":{"title":"HTTP","description":"One request a turn; the answer is read by JSON Pointers. Cookies that the agent sets are kept for the conversation.","type":"object","additionalProperties":false,"properties":{"type":{"title":"Type","description":"How the agent is reached.","const":"http","examples":["http"]},"url":{"title":"URL","description":"Where each turn is sent.","type":"string","pattern":"^https?://","examples":["http://127.0.0.1:8800/chat"]},"method":{"title":"Method","description":"Default: POST.","enum":["POST","PUT","PATCH","GET"],"examples":["POST"]},"headers":{"$ref":"#/$defs/headers"},"body":{"title":"Body","description":"The JSON sent, any shape. {{message}}, {{history}}, {{run.id}}, {{run.key}}, {{scenario.key}}, {{scenario.id}}, {{test_profile.x}} (agent variables only), {{captured.x}}, {{mock_tools.url}} and {{mock_tools.mcp_url}} are filled in; a string that is one placeholder alone takes the value's own type. Default: {message, session}.","examples":[{"message":"{{message}}","session":"{{run.id}}"}]},"reply":{"title":"Reply","description":"Where the agent's words are in the answer; a string, or a list of strings. Default: /reply.","type":"string","pattern":"^(/.*)?$","examples":["/reply"]},"tool_calls":{"title":"Tool calls","description":"Where the list of tool calls is: items {name, arguments} (also OpenAI's form), with result where there is one.","type":"string","pattern":"^(/.*)?$","examples":["/tools"]},"end":{"title":"End","description":"Where the answer says that the agent ends the conversation: true.","type":"string","pattern":"^(/.*)?$","examples":["/done"]},"metadata":{"title":"Metadata","description":"Where an object is that is merged into the run's metadata.","type":"string","pattern":"^(/.*)?$","examples":["/metadata"]},"capture":{"title":"Capture","description":"Values to keep from each answer: name to JSON Pointer; they serve later bodies and headers as {{captured.name}}.","type":"object","additionalProperties":{"type":"string","pattern":"^(/.*)?$"},"examples":[{"thread":"/thread_id"}]},"timeout":{"title":"Timeout","description":"Silence after the caller's turn that counts against the agent. Default: 30s.","$ref":"#/$defs/duration","examples":["30s"]}},"examples":[{"type":"http","url":"http://127.0.0.1:8800/chat","reply":"/reply"}],"required":["type","url"]},"connection_openai":{"title":"OpenAI-compatible","description":"Chat completions: the whole history is sent each turn.","type":"object","additionalProperties":false,"properties":{"type":{"title":"Type","description":"How the agent is reached.","const":"openai","examples":["openai"]},"base_url":{"title":"URL","description":"The API's base; /chat/completions is added.","type":"string","pattern":"^https?://","examples":["http://127.0.0.1:8000/v1"]},"model":{"title":"Model","description":"The model's name.","type":"string","minLength":1,"examples":["my-agent"]},"api_key":{"title":"API key","description":"Sent as a bearer token.","type":"string","examples":["${AGENT_KEY}"]},"system":{"title":"System prompt","description":"Sent as the first message.","type":"string","examples":["You are the clinic's scheduling assistant."]},"tools":{"title":"Tools","description":"Tool definitions, sent as they are.","type":"array","items":{"type":"object"},"examples":[[{"type":"function","function":{"name":"book"}}]]},"parameters":{"title":"Parameters","description":"More fields of the request, such as temperature.","type":"object","examples":[{"temperature":0}]},"headers":{"$ref":"#/$defs/headers"},"timeout":{"title":"Timeout","description":"Silence after the caller's turn that counts against the agent. Default: 30s.","$ref":"#/$defs/duration","examples":["30s"]}},"examples":[{"type":"openai","base_url":"http://127.0.0.1:8000/v1","model":"my-agent"}],"required":["type","base_url","model"]},"connection_websocket":{"title":"WebSocket","description":"JSON text frames; the agent may speak first, and more than once.","type":"object","additionalProperties":false,"properties":{"type":{"title":"Type","description":"How the agent is reached.","const":"websocket","examples":["websocket"]},"url":{"title":"URL","description":"Where to connect, once a run.","type":"string","pattern":"^wss?://","examples":["ws://127.0.0.1:8765"]},"headers":{"$ref":"#/$defs/headers"},"secret":{"title":"Secret","description":"Sent as X-VOCERA-SECRET.","type":"string","examples":["${CLINIC_SECRET:-}"]},"timeout":{"title":"Timeout","description":"Silence after the caller's turn that counts against the agent. Default: 30s.","$ref":"#/$defs/duration","examples":["30s"]}},"examples":[{"type":"websocket","url":"ws://127.0.0.1:8765"}],"required":["type","url"]},"connection_command":{"title":"Command","description":"A process a conversation: JSON lines on its standard input and output, the frames of the WebSocket.","type":"object","additionalProperties":false,"properties":{"type":{"title":"Type","description":"How the agent is reached.","const":"command","examples":["command"]},"command":{"title":"Command","description":"The program.","$ref":"#/$defs/command","examples":[["node","agent.js"]]},"env":{"title":"Environment","description":"Variables added to the process's environment.","type":"object","additionalProperties":{"type":["string","number","boolean"]},"examples":[{"MODE":"test"}]},"cwd":{"title":"Working folder","description":"Relative to the suite file. Default: the suite file's folder.","type":"string","minLength":1,"examples":["agents"]},"timeout":{"title":"Timeout","description":"Silence after the caller's turn that counts against the agent. Default: 30s.","$ref":"#/$defs/duration","examples":["30s"]}},"examples":[{"type":"command","command":["node","agent.js"]}],"required":["type","command"]},"connection_module":{"title":"Module","description":"A JavaScript or TypeScript module that exports an async function (message, { history, runId, signal }) => string | { content, tool_calls, end }.","type":"object","additionalProperties":false,"properties":{"type":{"title":"Type","description":"How the agent is reached.","const":"module","examples":["module"]},"path":{"title":"Path","description":"The module, relative to the suite file.","type":"string","minLength":1,"examples":["./agent.ts"]},"export":{"title":"Export","description":"The function's name. Default: default.","type":"string","minLength":1,"examples":["reply"]},"timeout":{"title":"Timeout","description":"Silence after the caller's turn that counts against the agent. Default: 30s.","$ref":"#/$defs/duration","examples":["30s"]}},"examples":[{"type":"module","path":"./agent.ts","export":"reply"}],"required":["type","path"]},"connection_hosted":{"title":"Hosted","description":"A service that holds the conversations and scores them, spoken to over the run-scenarios API.","type":"object","additionalProperties":false,"properties":{"type":{"title":"Type","description":"How the agent is reached.","const":"hosted","examples":["hosted"]},"base_url":{"title":"URL","description":"The service; /test_framework/v1 is added where it is not there.","type":"string","pattern":"^https?://","examples":["https://api.example.com"]},"api_key":{"title":"API key","description":"Sent as X-CEKURA-API-KEY.","type":"string","examples":["${HOSTED_KEY}"]},"agent_id":{"title":"Agent id","description":"The agent's integer id there.","$ref":"#/$defs/id","examples":[12]},"project_id":{"title":"Project id","description":"The project's integer id there; needed to run a folder.","$ref":"#/$defs/id","examples":[4]},"timeout":{"title":"Timeout","description":"How long nothing may happen to the runs until they are given up. Default: 30m.","$ref":"#/$defs/duration","examples":["30m"]}},"examples":[{"type":"hosted","base_url":"https://api.example.com","api_key":"${HOSTED_KEY}","agent_id":12}],"required":["type","base_url","agent_id"]},"connection":{"title":"Connection","description":"How the agent is reached, by type.","type":"object","required":["type"],"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/$defs/connection_http"},{"$ref":"#/$defs/connection_openai"},{"$ref":"#/$defs/connection_websocket"},{"$ref":"#/$defs/connection_command"},{"$ref":"#/$defs/connection_module"},{"$ref":"#/$defs/connection_hosted"}],"examples":[{"type":"websocket","url":"ws://127.0.0.1:8765"}]},"mock_answer":{"title":"Mock answer","description":"What a mock tool answers: output or error.","type":"object","additionalProperties":false,"properties":{"output":{"title":"Output","description":"What the tool gives: any JSON. In its texts {{input.x}} is an argument of the call, {{test_profile.x}} an agent variable; a text that is one placeholder alone takes the value's own type.","examples":[{"ok":true,"id":"{{input.patient_id}}"}]},"error":{"title":"Error","description":"The tool fails: a text, or an object. Placeholders as in output.","type":["string","object"],"examples":["The calendar is down."]},"delay":{"title":"Delay","description":"How long the tool takes. Default: no time.","$ref":"#/$defs/duration","examples":["200ms"]}},"examples":[{"output":{"ok":true}}]},"mock_case":{"title":"Mock case","description":"Calls of a mock tool, and what answers them: output or error.","type":"object","additionalProperties":false,"properties":{"input":{"title":"Input","description":"The call's arguments hold at least these values, objects in depth; arrays must be equal. Default: any call.","type":"object","examples":[{"patient_id":"P-1"}]},"output":{"title":"Output","description":"What the tool gives: any JSON. In its texts {{input.x}} is an argument of the call, {{test_profile.x}} an agent variable; a text that is one placeholder alone takes the value's own type.","examples":[{"ok":true,"id":"{{input.patient_id}}"}]},"error":{"title":"Error","description":"The tool fails: a text, or an object. Placeholders as in output.","type":["string","object"],"examples":["The calendar is down."]},"delay":{"title":"Delay","description":"How long the tool takes. Default: no time.","$ref":"#/$defs/duration","examples":["200ms"]},"times":{"title":"Times","description":"How often the case answers in one run; the next that matches comes after it. Default: always.","type":"integer","minimum":1,"examples":[1]}},"examples":[{"input":{"patient_id":"P-1"},"output":{"ok":true}}]},"mock_tool":{"title":"Mock tool","description":"A tool that Callsheet answers from a table, in place of the real one.","type":"object","additionalProperties":false,"properties":{"description":{"title":"Description","description":"What the tool does, for the agent.","type":"string","examples":["Cancels an appointment."]},"parameters":{"title":"Parameters","description":"JSON Schema (2020-12) of the arguments; its type is object.","type":"object","examples":[{"type":"object","properties":{"patient_id":{"type":"string"}},"required":["patient_id"]}]},"cases":{"title":"Cases","description":"The first that matches a call, and is not used up, answers it.","type":"array","items":{"$ref":"#/$defs/mock_case"},"examples":[[{"input":{"patient_id":"P-1"},"output":{"ok":true}}]]},"otherwise":{"title":"Otherwise","description":"What answers where no case does. Default: an error, and the report says that the call was unmatched.","$ref":"#/$defs/mock_answer","examples":[{"error":"No such patient."}]}},"examples":[{"cases":[{"output":{"ok":true}}]}]},"agent":{"title":"Agent","description":"An agent under test.","type":"object","additionalProperties":false,"properties":{"id":{"title":"Id","description":"The agent's integer id.","$ref":"#/$defs/id","examples":[12]},"name":{"title":"Name","description":"For people. Default: the key.","type":"string","minLength":1,"examples":["Clinic scheduling"]},"assistant_id":{"title":"Assistant id","description":"The agent's external id.","type":"string","minLength":1,"examples":["asst_1234567890"]},"description":{"title":"Description","description":"What the agent does.","type":"string","examples":["Books, moves and cancels appointments."]},"inbound":{"title":"Inbound","description":"true: we call the agent; false: the agent calls us. Default: true.","type":"boolean","examples":[true]},"contact_number":{"title":"Contact number","description":"E.164.","type":"string","pattern":"^\\+[1-9][0-9]{1,14}$","examples":["+15555550100"]},"start":{"$ref":"#/$defs/start"},"knowledge":{"title":"Knowledge","description":"Text files that say what the agent may tell callers, relative to this file, inside its git work tree. hallucination is judged by them.","type":"array","items":{"type":"string","minLength":1},"minItems":1,"uniqueItems":true,"examples":[["docs/opening-hours.md"]]},"connection":{"$ref":"#/$defs/connection"},"mock_tools":{"title":"Mock tools","description":"Tools that Callsheet answers in place of the real ones, by name: over HTTP, as an MCP server, and in line where the connection is openai.","type":"object","propertyNames":{"pattern":"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$"},"additionalProperties":{"$ref":"#/$defs/mock_tool"},"examples":[{"cancel_appointment":{"cases":[{"input":{"patient_id":"P-1"},"output":{"ok":true}}]}}]},"mock_tools_port":{"title":"Port of the mock tools","description":"Where mock tools are served on 127.0.0.1, for an agent that cannot be told. Default: any free port.","type":"integer","minimum":1,"maximum":65535,"examples":[8790]},"limits":{"title":"Agent limits","description":"Bounds on this agent.","type":"object","additionalProperties":false,"properties":{"concurrency":{"title":"Concurrency","description":"Conversations held with it at once. Default: the suite's.","type":"integer","minimum":1,"maximum":100000,"examples":[10]},"starts_per_second":{"title":"Starts per second","description":"Conversations started with it in a second at most. Default: no bound.","type":"number","exclusiveMinimum":0,"examples":[5]}},"examples":[{"concurrency":10}]},"version":{"title":"Version","description":"Recorded in every report.","type":"string","examples":["${GIT_SHA:-dev}"]}},"examples":[{"connection":{"type":"websocket","url":"ws://127.0.0.1:8765"}}],"required":["connection"]},"personality":{"title":"Personality","description":"As whom the caller speaks.","type":"object","additionalProperties":false,"properties":{"id":{"title":"Id","description":"The personality's integer id.","$ref":"#/$defs/id","examples":[3]},"name":{"title":"Name","description":"For people. Default: the key.","type":"string","minLength":1,"examples":["Calm"]},"prompt":{"title":"Prompt","description":"How it speaks, in plain language; model-driven callers follow it. {{test_profile.x}} reads the profile's caller variables.","type":"string","examples":["You are calm and brief."]},"language":{"title":"Language","description":"BCP 47. Default: en.","type":"string","minLength":2,"examples":["en"]},"accent":{"title":"Accent","description":"For voice.","type":"string","examples":["british"]},"interruption_level":{"title":"Interruption level","description":"How readily it speaks before the agent has finished. Of callers driven by a model: in none, 20 %, 50 % or 80 % of their turns. Default: none.","enum":["none","low","medium","high"],"examples":["high"]},"speed":{"title":"Speed","description":"Speaking rate, 1 is normal. In text: below 0.9 the pace is slow, above 1.1 fast.","type":"number","exclusiveMinimum":0,"maximum":4,"examples":[1.15]},"pace":{"title":"Pace","description":"How long it takes to answer, where a model drives it. Default: what speed says, else normal.","enum":["slow","normal","fast"],"examples":["fast"]},"hesitation":{"title":"Hesitation","description":"How often it begins with an \"um\", where a model drives it: never, in 20 %, 50 % or 80 % of its turns. Default: none.","enum":["none","low","medium","high"],"examples":["low"]},"typos":{"title":"Typos","description":"How often its fingers slip, where a model drives it: in no word, in 2 %, 6 % or 12 % of them; never in digits, names or what its test profile holds. Default: none.","enum":["none","low","medium","high"],"examples":["medium"]},"language_mixing":{"title":"Language mixing","description":"A second language that slips in, where a model drives it.","type":"object","additionalProperties":false,"properties":{"language":{"title":"Language","description":"BCP 47.","type":"string","minLength":2,"examples":["es"]},"level":{"title":"Level","description":"How often: never, in 20 %, 50 % or 80 % of its turns. Default: medium.","enum":["none","low","medium","high"],"examples":["low"]}},"required":["language"],"examples":[{"language":"es","level":"low"}]},"background_noise":{"title":"Background noise","description":"For voice.","type":"string","examples":["street"]}},"examples":[{"id":3,"name":"Calm","prompt":"You are calm and brief."}]},"test_profile":{"title":"Test profile","description":"Who the caller is.","type":"object","additionalProperties":false,"properties":{"id":{"title":"Id","description":"The profile's integer id.","$ref":"#/$defs/id","examples":[20]},"name":{"title":"Name","description":"For people. Default: the key.","type":"string","minLength":1,"examples":["Maria"]},"agent_variables":{"title":"Agent variables","description":"Reach the agent; names that start with X- as headers.","$ref":"#/$defs/variables","examples":[{"X-Customer-Tier":"gold"}]},"caller_variables":{"title":"Caller variables","description":"Stay with the caller; {{test_profile.x}} in what it says.","$ref":"#/$defs/variables","examples":[{"name":"Maria Lopez","dob":"1990-04-02"}]}},"examples":[{"id":20,"caller_variables":{"name":"Maria Lopez"}}]},"metric":{"title":"Metric","description":"Something measured in every run that names it. A metric measures; expect and thresholds gate.","type":"object","additionalProperties":false,"properties":{"id":{"title":"Id","description":"The metric's integer id.","$ref":"#/$defs/id","examples":[1]},"name":{"title":"Name","description":"For people. Default: the key.","type":"string","minLength":1,"examples":["Said goodbye"]},"description":{"title":"Description","description":"What it is for.","type":"string","examples":["Whether the agent closed politely."]},"type":{"title":"Type","description":"binary: true or false; numeric: a number; rating: 0..100; enum: one of values.","enum":["binary","numeric","rating","enum"],"examples":["binary"]},"agent_says":{"title":"Agent says","description":"binary: whether a message or turn of the agent is like this.","$ref":"#/$defs/text_matcher","examples":[{"matches":"(?i)good ?bye"}]},"caller_says":{"title":"Caller says","description":"binary: whether a message of the caller is like this.","$ref":"#/$defs/text_matcher","examples":[{"contains":"thanks"}]},"tool_called":{"title":"Tool called","description":"binary: whether the agent called this tool.","$ref":"#/$defs/tool_called","examples":[{"name":"cancel_appointment"}]},"metadata":{"title":"Metadata","description":"A value of the agent's metadata, by JSON Pointer.","type":"string","pattern":"^(/.*)?$","examples":["/intent"]},"builtin":{"title":"Built-in","description":"A measure that Callsheet computes, or one that it has a rubric for, and a judge takes; those need models.judge.","enum":["latency_ms","turns","duration_s","words","repetition","tool_call_success","appropriate_termination","talk_ratio","expected_outcome","relevancy","response_consistency","hallucination","csat","sentiment","topic","dropoff_node","verbosity","unnecessary_repetition","appropriate_termination_by_agent","appropriate_termination_by_caller"],"examples":["latency_ms"]},"statistic":{"title":"Statistic","description":"Of latency_ms, the figure that is the run's value. Default: mean.","enum":["mean","p50","p90","p95","p99","max"],"examples":["p95"]},"judge":{"title":"Judge","description":"A question in plain language. Needs models.judge.","type":"string","minLength":1,"examples":["Was the agent warm without over-apologising?"]},"votes":{"title":"Votes","description":"Of what is judged: how often it is asked; the majority counts, of numbers the median. Default: that of models.judge.","type":"integer","minimum":1,"maximum":15,"examples":[3]},"trigger":{"title":"Trigger","description":"When it has a meaning at all: an assertion, or (of what is judged) a condition in plain language. In other conversations it does not apply: it has no value, and none is missing.","anyOf":[{"title":"In plain language","description":"Asked of the judge, together with the question.","type":"string","minLength":1,"examples":["the caller was upset"]},{"$ref":"#/$defs/assertion"}],"examples":["the caller was upset",{"tool_called":{"name":"cancel_appointment"}}]},"values":{"title":"Values","description":"enum: the possible values.","type":"array","items":{"type":"string","minLength":1},"minItems":2,"uniqueItems":true,"examples":[["book","cancel","other"]]}},"examples":[{"type":"numeric","builtin":"latency_ms"}],"required":["type"]},"scenario":{"title":"Scenario","description":"A simulated caller and what must come of the call. It has a script, conditional_actions or instructions: exactly one.","type":"object","additionalProperties":false,"properties":{"id":{"title":"Id","description":"The scenario's integer id.","$ref":"#/$defs/id","examples":[101]},"name":{"title":"Name","description":"For people. Default: the key.","type":"string","minLength":1,"examples":["Caller cancels an appointment"]},"description":{"title":"Description","description":"What it is for.","type":"string","examples":["The commonest call."]},"folder":{"title":"Folder","description":"Dotted path. Default: that of the file's folder below its include.","type":"string","pattern":"^[^.]+(\\.[^.]+)*$","examples":["Sales.Inbound"]},"tags":{"$ref":"#/$defs/tags"},"personality":{"title":"Personality","description":"By key or id.","type":["string","integer"],"examples":["calm"]},"test_profile":{"title":"Test profile","description":"By key or id.","type":["string","integer"],"examples":["maria"]},"script":{"$ref":"#/$defs/script"},"conditional_actions":{"$ref":"#/$defs/conditional_actions"},"instructions":{"title":"Instructions","description":"What the caller wants and knows, in plain language. {{test_profile.x}} reads the profile's caller variables. Needs models.caller.","type":"string","minLength":1,"examples":["You were charged twice and want a refund."]},"first_message":{"title":"First message","description":"With instructions: the exact words that the caller opens with; empty when the agent speaks first. Default: the caller finds its own.","type":"string","examples":["I have been charged twice!"]},"expected_outcome":{"title":"Expected outcome","description":"What must have come of it, in plain language: a text, which the judge splits into its claims, or the claims as a list. Needs models.judge.","anyOf":[{"title":"Text","description":"All of it, in a sentence or several.","type":"string","minLength":1,"examples":["The agent verifies the caller and opens a ticket."]},{"title":"Claims","description":"One by one, as they are.","type":"array","items":{"type":"string","minLength":1},"minItems":1,"uniqueItems":true,"examples":[["The agent verifies the caller.","The agent never asks for a card number."]]}],"examples":["The agent verifies the caller and opens a ticket."]},"expect":{"title":"Expect","description":"Assertions; every one must hold.","type":"array","items":{"$ref":"#/$defs/assertion"},"minItems":1,"examples":[[{"agent_says":{"contains":"cancelled"}}]]},"metrics":{"title":"Metrics","description":"Metrics to score, by key; built-in ones by their own name.","type":"array","items":{"type":"string"},"minItems":1,"uniqueItems":true,"examples":[["said_goodbye","latency_ms"]]},"max_turns":{"title":"Max turns","description":"How often the caller may speak. Default: 30.","type":"integer","minimum":1,"maximum":1000,"examples":[12]},"max_duration":{"title":"Max duration","description":"How long the conversation may take. Default: 5m.","$ref":"#/$defs/duration","examples":["120s"]},"idle_timeout":{"title":"Idle timeout","description":"How long the caller waits before it says its idle prompt, three times at most. Default: 10s.","$ref":"#/$defs/duration","examples":["10s"]},"idle_prompt":{"title":"Idle prompt","description":"What the caller says when nothing it waits for comes. Default: Hello, are you still there?","type":"string","minLength":1,"examples":["Are you there?"]},"frequency":{"title":"Frequency","description":"How often it runs. Default: 1; a run entry's own frequency wins.","$ref":"#/$defs/frequency","examples":[3,{"min":3,"max":20,"until":"decided"}]},"thresholds":{"title":"Thresholds","description":"The bar for this scenario.","$ref":"#/$defs/thresholds","examples":[{"pass_rate":1}]}},"examples":[{"script":{"first_message":"Hi."},"expect":[{"agent_says":{"contains":"help"}}]}]},"judge_control":{"title":"Judge control","description":"A conversation, and what a judge that can be trusted says of it.","type":"object","additionalProperties":false,"properties":{"description":{"title":"Description","description":"What it is for.","type":"string","examples":["Sounds friendly, and refunds nothing."]},"scenario":{"title":"Scenario","description":"By key or id: whose expected outcome it is judged by.","type":["string","integer"],"examples":["angry_refund"]},"transcript":{"title":"Transcript","description":"The conversation: its messages, or a JSON file with them, relative to this file.","anyOf":[{"title":"File","description":"A JSON file: a list of messages, or a run with its transcript_object.","type":"string","minLength":1,"examples":["controls/refund-refused.json"]},{"title":"Messages","description":"In the order they were said.","type":"array","minItems":1,"items":{"$ref":"#/$defs/transcript_message"},"examples":[[{"role":"caller","content":"Hi."},{"role":"agent","content":"Hello."}]]}],"examples":["controls/refund-refused.json"]},"ended_by":{"title":"Ended by","description":"Who ended the conversation. Default: caller.","enum":["agent","caller","limit"],"examples":["agent"]},"expect":{"title":"Expect","description":"What the judge must say.","type":"object","additionalProperties":false,"properties":{"outcome":{"title":"Outcome","description":"met: all claims of the expected outcome are; not_met: at least one is not.","enum":["met","not_met"],"examples":["not_met"]},"metrics":{"title":"Metrics","description":"Judged metrics, by key, each with what it must come to.","type":"object","minProperties":1,"additionalProperties":{"title":"Expected score","description":"Bounds, a value, or that it does not apply.","type":"object","additionalProperties":false,"properties":{"min":{"title":"Minimum","description":"The value may not be below this.","type":"number","examples":[60]},"max":{"title":"Maximum","description":"The value may not be above this.","type":"number","examples":[40]},"equals":{"title":"Equals","description":"The value is this.","type":["boolean","string","number"],"examples":[false]},"applies":{"title":"Applies","description":"false: its trigger does not hold here.","type":"boolean","examples":[false]}},"minProperties":1,"examples":[{"max":40}]},"examples":[{"empathy":{"max":40}}]}},"minProperties":1,"examples":[{"outcome":"not_met"}]}},"required":["scenario","transcript","expect"],"examples":[{"scenario":"angry_refund","transcript":[{"role":"caller","content":"I was charged twice!"},{"role":"agent","content":"That is not my problem."}],"expect":{"outcome":"not_met"}}]},"transcript_message":{"title":"Message","description":"One message, tool call or tool result, by the names of the run-scenarios API or the usual ones.","type":"object","additionalProperties":false,"properties":{"role":{"title":"Role","description":"Who said it.","enum":["caller","agent","tool_call","tool_result","Testing Agent","Main Agent","Function Call","Function Call Result"],"examples":["agent"]},"content":{"title":"Content","description":"What was said.","type":"string","examples":["Your appointment is cancelled."]},"start_time":{"title":"Start time","description":"Seconds from the start of the call.","type":"number","minimum":0,"examples":[1.5]},"end_time":{"title":"End time","description":"Seconds from the start of the call.","type":"number","minimum":0,"examples":[2.5]},"data":{"title":"Data","description":"Of a tool call or result: which tool, with what.","type":"object","additionalProperties":false,"properties":{"id":{"title":"Id","description":"The call's id.","type":"string","examples":["call_1"]},"name":{"title":"Name","description":"The tool's name.","type":"string","examples":["cancel_appointment"]},"arguments":{"title":"Arguments","description":"What it was called with.","examples":[{"patient_id":"P-1"}]},"result":{"title":"Result","description":"What it returned.","examples":[{"status":"cancelled"}]}},"examples":[{"name":"cancel_appointment","arguments":{"patient_id":"P-1"}}]}},"required":["role"],"examples":[{"role":"agent","content":"Your appointment is cancelled."}]},"run_entry":{"title":"Run entry","description":"What to run; each entry is one result.","type":"object","additionalProperties":false,"properties":{"name":{"title":"Name","description":"The entry's label. Default: Run 1, Run 2 ...","type":"string","minLength":1,"examples":["Smoke"]},"agent":{"title":"Agent","description":"By key, id or assistant_id. Default: the only agent there is.","type":["string","integer"],"examples":["clinic"]},"scenarios":{"title":"Scenarios","description":"all; or a number N, the first N; or a list of ids and keys; or a folder, with those below it. Default: all.","anyOf":[{"type":"string","minLength":1},{"type":"integer","minimum":1},{"type":"array","items":{"type":["integer","string"]},"minItems":1}],"examples":["all",5,[101,"cancel_appointment"],"Sales.Inbound"]},"tags":{"title":"Tags","description":"Only scenarios with any of these.","$ref":"#/$defs/tags","examples":[["smoke"]]},"tags_all":{"title":"Tags, all","description":"Only scenarios with all of these.","$ref":"#/$defs/tags","examples":[["smoke","cancel"]]},"tags_not":{"title":"Tags, none","description":"No scenario with any of these.","$ref":"#/$defs/tags","examples":[["slow"]]},"frequency":{"title":"Frequency","description":"How often each runs. Default: the scenario's own.","$ref":"#/$defs/frequency","examples":[3,{"min":3,"max":20,"until":"decided"}]},"personalities":{"title":"Personalities","description":"By key or id: override the scenarios' own; each multiplies the runs.","type":"array","items":{"type":["string","integer"]},"minItems":1,"uniqueItems":true,"examples":[["calm","interrupter"]]},"test_profiles":{"title":"Test profiles","description":"By key or id: override the scenarios' own; each multiplies the runs.","type":"array","items":{"type":["string","integer"]},"minItems":1,"uniqueItems":true,"examples":[["maria"]]},"mode":{"title":"Mode","description":"For telephony: one number for all runs, or one for each. Default: same_number.","enum":["same_number","different_numbers"],"examples":["same_number"]},"outbound_phone_number":{"title":"Outbound phone number","description":"For telephony: the number dialled, E.164.","type":"string","pattern":"^\\+[1-9][0-9]{1,14}$","examples":["+15555550111"]},"agent_number":{"title":"Agent number","description":"For telephony: the number an agent that calls us calls from, E.164.","type":"string","pattern":"^\\+[1-9][0-9]{1,14}$","examples":["+15555550122"]},"concurrency_limit":{"title":"Concurrency limit","description":"Conversations of this entry held at once. Default: the agent's.","type":"integer","minimum":1,"examples":[4]},"mock_tool_names":{"title":"Mock tools, by name","description":"Those of the agent's mock tools that its runs may call; [] none. Default: all.","type":["array","null"],"items":{"type":"string","minLength":1},"uniqueItems":true,"examples":[["cancel_appointment"]]},"thresholds":{"title":"Thresholds","description":"The bar for this entry.","$ref":"#/$defs/thresholds","examples":[{"pass_rate":0.95}]}},"examples":[{"name":"Smoke","agent":"clinic","scenarios":"all","tags":["smoke"]}]},"model_limits":{"title":"Limits of a model","description":"Bounds on what is asked of the model; all runs share them.","type":"object","additionalProperties":false,"properties":{"concurrency":{"title":"Concurrency","description":"Requests under way at once. Default: 16.","type":"integer","minimum":1,"maximum":100000,"examples":[8]},"requests_per_minute":{"title":"Requests per minute","description":"Requests sent in a minute at most. Default: no bound.","type":"integer","minimum":1,"examples":[500]},"tokens_per_minute":{"title":"Tokens per minute","description":"Tokens, of questions and answers together, in a minute at most; estimated beforehand, corrected by what the endpoint counts. Default: no bound.","type":"integer","minimum":1,"examples":[200000]}},"examples":[{"concurrency":8,"requests_per_minute":500}]},"model":{"title":"Model","description":"An OpenAI-compatible chat-completions endpoint: a hosted one, vLLM, Ollama, a llama.cpp server.","type":"object","additionalProperties":false,"properties":{"base_url":{"title":"URL","description":"The API's base: what stands before /chat/completions.","type":"string","pattern":"^https?://","examples":["http://127.0.0.1:11434/v1"]},"model":{"title":"Model","description":"The model's name.","type":"string","minLength":1,"examples":["gpt-4.1-mini"]},"api_key":{"title":"API key","description":"Sent as a bearer token.","type":"string","examples":["${LLM_KEY}"]},"temperature":{"title":"Temperature","description":"How much answers vary. Default: 0 for the judge, the endpoint's own for the caller.","type":"number","minimum":0,"maximum":2,"examples":[0]},"headers":{"title":"Headers","description":"Sent with every request.","$ref":"#/$defs/headers","examples":[{"X-Team":"quality"}]},"seed":{"title":"Seed","description":"Asks the endpoint for the same answers each time, where it can. Default: the plan's seed.","type":"integer","examples":[1]},"max_tokens":{"title":"Max tokens","description":"The longest answer, in tokens. Default: the endpoint's.","type":"integer","minimum":1,"examples":[1000]},"timeout":{"title":"Timeout","description":"How long one request may take. Default: 60s.","$ref":"#/$defs/duration","examples":["60s"]},"stream":{"title":"Stream","description":"Whether answers are read piece by piece, for endpoints that cut long ones off otherwise. Default: false.","type":"boolean","examples":[true]},"structured":{"title":"Structured output","description":"How the shape of an answer is asked for: as a JSON Schema, as any JSON object, or only in words, for endpoints that know neither. Every answer is checked. Default: json_schema.","enum":["json_schema","json_object","prompt"],"examples":["json_schema"]},"limits":{"$ref":"#/$defs/model_limits"},"retries":{"title":"Retries","description":"How often a request that failed for a passing reason (429, 5xx, a lost connection) is sent again. Default: 4.","type":"integer","minimum":0,"maximum":20,"examples":[4]}},"examples":[{"base_url":"http://127.0.0.1:11434/v1","model":"llama3"}],"required":["base_url","model"]},"judge":{"title":"Judge","description":"The model that judges: an OpenAI-compatible chat-completions endpoint.","type":"object","additionalProperties":false,"properties":{"base_url":{"$ref":"#/$defs/model/properties/base_url"},"model":{"$ref":"#/$defs/model/properties/model"},"api_key":{"$ref":"#/$defs/model/properties/api_key"},"temperature":{"$ref":"#/$defs/model/properties/temperature"},"headers":{"$ref":"#/$defs/model/properties/headers"},"seed":{"$ref":"#/$defs/model/properties/seed"},"max_tokens":{"$ref":"#/$defs/model/properties/max_tokens"},"timeout":{"$ref":"#/$defs/model/properties/timeout"},"stream":{"$ref":"#/$defs/model/properties/stream"},"structured":{"$ref":"#/$defs/model/properties/structured"},"limits":{"$ref":"#/$defs/model_limits"},"retries":{"$ref":"#/$defs/model/properties/retries"},"votes":{"title":"Votes","description":"How often each question is asked; the majority counts, and where there is none it could not be told. Default: 1.","type":"integer","minimum":1,"maximum":15,"examples":[3]}},"examples":[{"base_url":"http://127.0.0.1:11434/v1","model":"llama3","votes":3}],"required":["base_url","model"]},"prices":{"title":"Prices","description":"What a model costs, in the suite's currency, for a million tokens.","type":"object","additionalProperties":false,"properties":{"input":{"title":"Input","description":"Of what is sent to it.","type":"number","minimum":0,"examples":[0.4]},"output":{"title":"Output","description":"Of what it answers.","type":"number","minimum":0,"examples":[1.6]},"cached_input":{"title":"Cached input","description":"Of what is sent to it and the endpoint had cached. Default: as input.","type":"number","minimum":0,"examples":[0.1]}},"examples":[{"input":0.4,"output":1.6}],"required":["input","output"]}}};
const schema49 = {"title":"Prices","description":"What a model costs, in the suite's currency, for a million tokens.","type":"object","additionalProperties":false,"properties":{"input":{"title":"Input","description":"Of what is sent to it.","type":"number","minimum":0,"examples":[0.4]},"output":{"title":"Output","description":"Of what it answers.","type":"number","minimum":0,"examples":[1.6]},"cached_input":{"title":"Cached input","description":"Of what is sent to it and the endpoint had cached. Default: as input.","type":"number","minimum":0,"examples":[0.1]}},"examples":[{"input":0.4,"output":1.6}],"required":["input","output"]};
const schema132 = {"title":"Retries","description":"How often a run is tried again, by how it ended. Every attempt stays in the report.","type":"object","additionalProperties":false,"properties":{"infra_error":{"title":"After infra_error","description":"Times to run again when it could not be told. Default: 2.","type":"integer","minimum":0,"maximum":20,"examples":[2]},"agent_error":{"title":"After agent_error","description":"Times to run again when the agent broke; a run that then passes is marked flaky. Default: 0.","type":"integer","minimum":0,"maximum":20,"examples":[0]},"failed":{"title":"After failed","description":"Times to run again when something did not hold; a run that then passes is marked flaky. Default: 0.","type":"integer","minimum":0,"maximum":20,"examples":[0]}},"examples":[{"infra_error":2,"agent_error":0}]};
const func1 = Object.prototype.hasOwnProperty;
const schema32 = {"title":"Model","description":"An OpenAI-compatible chat-completions endpoint: a hosted one, vLLM, Ollama, a llama.cpp server.","type":"object","additionalProperties":false,"properties":{"base_url":{"title":"URL","description":"The API's base: what stands before /chat/completions.","type":"string","pattern":"^https?://","examples":["http://127.0.0.1:11434/v1"]},"model":{"title":"Model","description":"The model's name.","type":"string","minLength":1,"examples":["gpt-4.1-mini"]},"api_key":{"title":"API key","description":"Sent as a bearer token.","type":"string","examples":["${LLM_KEY}"]},"temperature":{"title":"Temperature","description":"How much answers vary. Default: 0 for the judge, the endpoint's own for the caller.","type":"number","minimum":0,"maximum":2,"examples":[0]},"headers":{"title":"Headers","description":"Sent with every request.","$ref":"#/$defs/headers","examples":[{"X-Team":"quality"}]},"seed":{"title":"Seed","description":"Asks the endpoint for the same answers each time, where it can. Default: the plan's seed.","type":"integer","examples":[1]},"max_tokens":{"title":"Max tokens","description":"The longest answer, in tokens. Default: the endpoint's.","type":"integer","minimum":1,"examples":[1000]},"timeout":{"title":"Timeout","description":"How long one request may take. Default: 60s.","$ref":"#/$defs/duration","examples":["60s"]},"stream":{"title":"Stream","description":"Whether answers are read piece by piece, for endpoints that cut long ones off otherwise. Default: false.","type":"boolean","examples":[true]},"structured":{"title":"Structured output","description":"How the shape of an answer is asked for: as a JSON Schema, as any JSON object, or only in words, for endpoints that know neither. Every answer is checked. Default: json_schema.","enum":["json_schema","json_object","prompt"],"examples":["json_schema"]},"limits":{"$ref":"#/$defs/model_limits"},"retries":{"title":"Retries","description":"How often a request that failed for a passing reason (429, 5xx, a lost connection) is sent again. Default: 4.","type":"integer","minimum":0,"maximum":20,"examples":[4]}},"examples":[{"base_url":"http://127.0.0.1:11434/v1","model":"llama3"}],"required":["base_url","model"]};
const schema33 = {"title":"Headers","description":"HTTP headers sent to the agent: name to value. Values may read the environment; they are redacted in every report.","type":"object","additionalProperties":{"type":"string"},"examples":[{"Authorization":"Bearer ${AGENT_TOKEN}"}]};
const schema34 = {"title":"Duration","description":"A length of time: a number with the unit ms, s, m or h.","type":"string","pattern":"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$","examples":["250ms","10s","5m","1h"]};
const schema35 = {"title":"Limits of a model","description":"Bounds on what is asked of the model; all runs share them.","type":"object","additionalProperties":false,"properties":{"concurrency":{"title":"Concurrency","description":"Requests under way at once. Default: 16.","type":"integer","minimum":1,"maximum":100000,"examples":[8]},"requests_per_minute":{"title":"Requests per minute","description":"Requests sent in a minute at most. Default: no bound.","type":"integer","minimum":1,"examples":[500]},"tokens_per_minute":{"title":"Tokens per minute","description":"Tokens, of questions and answers together, in a minute at most; estimated beforehand, corrected by what the endpoint counts. Default: no bound.","type":"integer","minimum":1,"examples":[200000]}},"examples":[{"concurrency":8,"requests_per_minute":500}]};
const pattern4 = new RegExp("^https?://", "u");
const pattern5 = new RegExp("^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$", "u");

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.base_url === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "base_url"},message:"must have required property '"+"base_url"+"'",schema:schema32.required,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.model === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "model"},message:"must have required property '"+"model"+"'",schema:schema32.required,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema32.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.base_url !== undefined){
let data0 = data.base_url;
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
const err3 = {instancePath:instancePath+"/base_url",schemaPath:"#/properties/base_url/pattern",keyword:"pattern",params:{pattern: "^https?://"},message:"must match pattern \""+"^https?://"+"\"",schema:"^https?://",parentSchema:schema32.properties.base_url,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/base_url",schemaPath:"#/properties/base_url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.base_url.type,parentSchema:schema32.properties.base_url,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.model !== undefined){
let data1 = data.model;
if(typeof data1 === "string"){
if(data1.length < 1){
const err5 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema32.properties.model,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.model.type,parentSchema:schema32.properties.model,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.api_key !== undefined){
let data2 = data.api_key;
if(typeof data2 !== "string"){
const err7 = {instancePath:instancePath+"/api_key",schemaPath:"#/properties/api_key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.api_key.type,parentSchema:schema32.properties.api_key,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.temperature !== undefined){
let data3 = data.temperature;
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 2 || isNaN(data3)){
const err8 = {instancePath:instancePath+"/temperature",schemaPath:"#/properties/temperature/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2},message:"must be <= 2",schema:2,parentSchema:schema32.properties.temperature,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data3 < 0 || isNaN(data3)){
const err9 = {instancePath:instancePath+"/temperature",schemaPath:"#/properties/temperature/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema32.properties.temperature,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/temperature",schemaPath:"#/properties/temperature/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema32.properties.temperature.type,parentSchema:schema32.properties.temperature,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.headers !== undefined){
let data4 = data.headers;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key1 in data4){
let data5 = data4[key1];
if(typeof data5 !== "string"){
const err11 = {instancePath:instancePath+"/headers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/headers/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.additionalProperties.type,parentSchema:schema33.additionalProperties,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/headers",schemaPath:"#/$defs/headers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.type,parentSchema:schema33,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.seed !== undefined){
let data6 = data.seed;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err13 = {instancePath:instancePath+"/seed",schemaPath:"#/properties/seed/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema32.properties.seed.type,parentSchema:schema32.properties.seed,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.max_tokens !== undefined){
let data7 = data.max_tokens;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err14 = {instancePath:instancePath+"/max_tokens",schemaPath:"#/properties/max_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema32.properties.max_tokens.type,parentSchema:schema32.properties.max_tokens,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 1 || isNaN(data7)){
const err15 = {instancePath:instancePath+"/max_tokens",schemaPath:"#/properties/max_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema32.properties.max_tokens,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
if(data.timeout !== undefined){
let data8 = data.timeout;
if(typeof data8 === "string"){
if(!pattern5.test(data8)){
const err16 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.stream !== undefined){
let data9 = data.stream;
if(typeof data9 !== "boolean"){
const err18 = {instancePath:instancePath+"/stream",schemaPath:"#/properties/stream/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema32.properties.stream.type,parentSchema:schema32.properties.stream,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.structured !== undefined){
let data10 = data.structured;
if(!(((data10 === "json_schema") || (data10 === "json_object")) || (data10 === "prompt"))){
const err19 = {instancePath:instancePath+"/structured",schemaPath:"#/properties/structured/enum",keyword:"enum",params:{allowedValues: schema32.properties.structured.enum},message:"must be equal to one of the allowed values",schema:schema32.properties.structured.enum,parentSchema:schema32.properties.structured,data:data10};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.limits !== undefined){
let data11 = data.limits;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key2 in data11){
if(!(((key2 === "concurrency") || (key2 === "requests_per_minute")) || (key2 === "tokens_per_minute"))){
const err20 = {instancePath:instancePath+"/limits",schemaPath:"#/$defs/model_limits/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema35,data:data11};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data11.concurrency !== undefined){
let data12 = data11.concurrency;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
const err21 = {instancePath:instancePath+"/limits/concurrency",schemaPath:"#/$defs/model_limits/properties/concurrency/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.concurrency.type,parentSchema:schema35.properties.concurrency,data:data12};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 100000 || isNaN(data12)){
const err22 = {instancePath:instancePath+"/limits/concurrency",schemaPath:"#/$defs/model_limits/properties/concurrency/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema35.properties.concurrency,data:data12};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(data12 < 1 || isNaN(data12)){
const err23 = {instancePath:instancePath+"/limits/concurrency",schemaPath:"#/$defs/model_limits/properties/concurrency/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema35.properties.concurrency,data:data12};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
if(data11.requests_per_minute !== undefined){
let data13 = data11.requests_per_minute;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err24 = {instancePath:instancePath+"/limits/requests_per_minute",schemaPath:"#/$defs/model_limits/properties/requests_per_minute/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.requests_per_minute.type,parentSchema:schema35.properties.requests_per_minute,data:data13};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 < 1 || isNaN(data13)){
const err25 = {instancePath:instancePath+"/limits/requests_per_minute",schemaPath:"#/$defs/model_limits/properties/requests_per_minute/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema35.properties.requests_per_minute,data:data13};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
if(data11.tokens_per_minute !== undefined){
let data14 = data11.tokens_per_minute;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err26 = {instancePath:instancePath+"/limits/tokens_per_minute",schemaPath:"#/$defs/model_limits/properties/tokens_per_minute/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.tokens_per_minute.type,parentSchema:schema35.properties.tokens_per_minute,data:data14};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 1 || isNaN(data14)){
const err27 = {instancePath:instancePath+"/limits/tokens_per_minute",schemaPath:"#/$defs/model_limits/properties/tokens_per_minute/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema35.properties.tokens_per_minute,data:data14};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
}
else {
const err28 = {instancePath:instancePath+"/limits",schemaPath:"#/$defs/model_limits/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.type,parentSchema:schema35,data:data11};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.retries !== undefined){
let data15 = data.retries;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
const err29 = {instancePath:instancePath+"/retries",schemaPath:"#/properties/retries/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema32.properties.retries.type,parentSchema:schema32.properties.retries,data:data15};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 > 20 || isNaN(data15)){
const err30 = {instancePath:instancePath+"/retries",schemaPath:"#/properties/retries/maximum",keyword:"maximum",params:{comparison: "<=", limit: 20},message:"must be <= 20",schema:20,parentSchema:schema32.properties.retries,data:data15};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data15 < 0 || isNaN(data15)){
const err31 = {instancePath:instancePath+"/retries",schemaPath:"#/properties/retries/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema32.properties.retries,data:data15};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
}
else {
const err32 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.type,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema36 = {"title":"Judge","description":"The model that judges: an OpenAI-compatible chat-completions endpoint.","type":"object","additionalProperties":false,"properties":{"base_url":{"$ref":"#/$defs/model/properties/base_url"},"model":{"$ref":"#/$defs/model/properties/model"},"api_key":{"$ref":"#/$defs/model/properties/api_key"},"temperature":{"$ref":"#/$defs/model/properties/temperature"},"headers":{"$ref":"#/$defs/model/properties/headers"},"seed":{"$ref":"#/$defs/model/properties/seed"},"max_tokens":{"$ref":"#/$defs/model/properties/max_tokens"},"timeout":{"$ref":"#/$defs/model/properties/timeout"},"stream":{"$ref":"#/$defs/model/properties/stream"},"structured":{"$ref":"#/$defs/model/properties/structured"},"limits":{"$ref":"#/$defs/model_limits"},"retries":{"$ref":"#/$defs/model/properties/retries"},"votes":{"title":"Votes","description":"How often each question is asked; the majority counts, and where there is none it could not be told. Default: 1.","type":"integer","minimum":1,"maximum":15,"examples":[3]}},"examples":[{"base_url":"http://127.0.0.1:11434/v1","model":"llama3","votes":3}],"required":["base_url","model"]};
const schema37 = {"title":"URL","description":"The API's base: what stands before /chat/completions.","type":"string","pattern":"^https?://","examples":["http://127.0.0.1:11434/v1"]};
const schema38 = {"title":"Model","description":"The model's name.","type":"string","minLength":1,"examples":["gpt-4.1-mini"]};
const schema39 = {"title":"API key","description":"Sent as a bearer token.","type":"string","examples":["${LLM_KEY}"]};
const schema40 = {"title":"Temperature","description":"How much answers vary. Default: 0 for the judge, the endpoint's own for the caller.","type":"number","minimum":0,"maximum":2,"examples":[0]};
const schema42 = {"title":"Seed","description":"Asks the endpoint for the same answers each time, where it can. Default: the plan's seed.","type":"integer","examples":[1]};
const schema43 = {"title":"Max tokens","description":"The longest answer, in tokens. Default: the endpoint's.","type":"integer","minimum":1,"examples":[1000]};
const schema45 = {"title":"Stream","description":"Whether answers are read piece by piece, for endpoints that cut long ones off otherwise. Default: false.","type":"boolean","examples":[true]};
const schema46 = {"title":"Structured output","description":"How the shape of an answer is asked for: as a JSON Schema, as any JSON object, or only in words, for endpoints that know neither. Every answer is checked. Default: json_schema.","enum":["json_schema","json_object","prompt"],"examples":["json_schema"]};
const schema48 = {"title":"Retries","description":"How often a request that failed for a passing reason (429, 5xx, a lost connection) is sent again. Default: 4.","type":"integer","minimum":0,"maximum":20,"examples":[4]};

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate23.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.base_url === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "base_url"},message:"must have required property '"+"base_url"+"'",schema:schema36.required,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.model === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "model"},message:"must have required property '"+"model"+"'",schema:schema36.required,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema36.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.base_url !== undefined){
let data0 = data.base_url;
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
const err3 = {instancePath:instancePath+"/base_url",schemaPath:"#/$defs/model/properties/base_url/pattern",keyword:"pattern",params:{pattern: "^https?://"},message:"must match pattern \""+"^https?://"+"\"",schema:"^https?://",parentSchema:schema37,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/base_url",schemaPath:"#/$defs/model/properties/base_url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema37.type,parentSchema:schema37,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.model !== undefined){
let data1 = data.model;
if(typeof data1 === "string"){
if(data1.length < 1){
const err5 = {instancePath:instancePath+"/model",schemaPath:"#/$defs/model/properties/model/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema38,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/model",schemaPath:"#/$defs/model/properties/model/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.type,parentSchema:schema38,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.api_key !== undefined){
let data2 = data.api_key;
if(typeof data2 !== "string"){
const err7 = {instancePath:instancePath+"/api_key",schemaPath:"#/$defs/model/properties/api_key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.type,parentSchema:schema39,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.temperature !== undefined){
let data3 = data.temperature;
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 2 || isNaN(data3)){
const err8 = {instancePath:instancePath+"/temperature",schemaPath:"#/$defs/model/properties/temperature/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2},message:"must be <= 2",schema:2,parentSchema:schema40,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data3 < 0 || isNaN(data3)){
const err9 = {instancePath:instancePath+"/temperature",schemaPath:"#/$defs/model/properties/temperature/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema40,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/temperature",schemaPath:"#/$defs/model/properties/temperature/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema40.type,parentSchema:schema40,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.headers !== undefined){
let data4 = data.headers;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key1 in data4){
let data5 = data4[key1];
if(typeof data5 !== "string"){
const err11 = {instancePath:instancePath+"/headers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/model/properties/headers/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.additionalProperties.type,parentSchema:schema33.additionalProperties,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/headers",schemaPath:"#/$defs/model/properties/headers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.type,parentSchema:schema33,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.seed !== undefined){
let data6 = data.seed;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err13 = {instancePath:instancePath+"/seed",schemaPath:"#/$defs/model/properties/seed/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema42.type,parentSchema:schema42,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.max_tokens !== undefined){
let data7 = data.max_tokens;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err14 = {instancePath:instancePath+"/max_tokens",schemaPath:"#/$defs/model/properties/max_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema43.type,parentSchema:schema43,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 1 || isNaN(data7)){
const err15 = {instancePath:instancePath+"/max_tokens",schemaPath:"#/$defs/model/properties/max_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema43,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
if(data.timeout !== undefined){
let data8 = data.timeout;
if(typeof data8 === "string"){
if(!pattern5.test(data8)){
const err16 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/model/properties/timeout/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/model/properties/timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.stream !== undefined){
let data9 = data.stream;
if(typeof data9 !== "boolean"){
const err18 = {instancePath:instancePath+"/stream",schemaPath:"#/$defs/model/properties/stream/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema45.type,parentSchema:schema45,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.structured !== undefined){
let data10 = data.structured;
if(!(((data10 === "json_schema") || (data10 === "json_object")) || (data10 === "prompt"))){
const err19 = {instancePath:instancePath+"/structured",schemaPath:"#/$defs/model/properties/structured/enum",keyword:"enum",params:{allowedValues: schema46.enum},message:"must be equal to one of the allowed values",schema:schema46.enum,parentSchema:schema46,data:data10};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.limits !== undefined){
let data11 = data.limits;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key2 in data11){
if(!(((key2 === "concurrency") || (key2 === "requests_per_minute")) || (key2 === "tokens_per_minute"))){
const err20 = {instancePath:instancePath+"/limits",schemaPath:"#/$defs/model_limits/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema35,data:data11};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data11.concurrency !== undefined){
let data12 = data11.concurrency;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
const err21 = {instancePath:instancePath+"/limits/concurrency",schemaPath:"#/$defs/model_limits/properties/concurrency/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.concurrency.type,parentSchema:schema35.properties.concurrency,data:data12};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 100000 || isNaN(data12)){
const err22 = {instancePath:instancePath+"/limits/concurrency",schemaPath:"#/$defs/model_limits/properties/concurrency/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema35.properties.concurrency,data:data12};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(data12 < 1 || isNaN(data12)){
const err23 = {instancePath:instancePath+"/limits/concurrency",schemaPath:"#/$defs/model_limits/properties/concurrency/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema35.properties.concurrency,data:data12};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
if(data11.requests_per_minute !== undefined){
let data13 = data11.requests_per_minute;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err24 = {instancePath:instancePath+"/limits/requests_per_minute",schemaPath:"#/$defs/model_limits/properties/requests_per_minute/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.requests_per_minute.type,parentSchema:schema35.properties.requests_per_minute,data:data13};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 < 1 || isNaN(data13)){
const err25 = {instancePath:instancePath+"/limits/requests_per_minute",schemaPath:"#/$defs/model_limits/properties/requests_per_minute/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema35.properties.requests_per_minute,data:data13};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
if(data11.tokens_per_minute !== undefined){
let data14 = data11.tokens_per_minute;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err26 = {instancePath:instancePath+"/limits/tokens_per_minute",schemaPath:"#/$defs/model_limits/properties/tokens_per_minute/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.tokens_per_minute.type,parentSchema:schema35.properties.tokens_per_minute,data:data14};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 1 || isNaN(data14)){
const err27 = {instancePath:instancePath+"/limits/tokens_per_minute",schemaPath:"#/$defs/model_limits/properties/tokens_per_minute/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema35.properties.tokens_per_minute,data:data14};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
}
else {
const err28 = {instancePath:instancePath+"/limits",schemaPath:"#/$defs/model_limits/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.type,parentSchema:schema35,data:data11};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.retries !== undefined){
let data15 = data.retries;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
const err29 = {instancePath:instancePath+"/retries",schemaPath:"#/$defs/model/properties/retries/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema48.type,parentSchema:schema48,data:data15};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 > 20 || isNaN(data15)){
const err30 = {instancePath:instancePath+"/retries",schemaPath:"#/$defs/model/properties/retries/maximum",keyword:"maximum",params:{comparison: "<=", limit: 20},message:"must be <= 20",schema:20,parentSchema:schema48,data:data15};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data15 < 0 || isNaN(data15)){
const err31 = {instancePath:instancePath+"/retries",schemaPath:"#/$defs/model/properties/retries/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema48,data:data15};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
if(data.votes !== undefined){
let data16 = data.votes;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
const err32 = {instancePath:instancePath+"/votes",schemaPath:"#/properties/votes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema36.properties.votes.type,parentSchema:schema36.properties.votes,data:data16};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 > 15 || isNaN(data16)){
const err33 = {instancePath:instancePath+"/votes",schemaPath:"#/properties/votes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 15},message:"must be <= 15",schema:15,parentSchema:schema36.properties.votes,data:data16};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data16 < 1 || isNaN(data16)){
const err34 = {instancePath:instancePath+"/votes",schemaPath:"#/properties/votes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema36.properties.votes,data:data16};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
}
else {
const err35 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema36.type,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
validate23.errors = vErrors;
return errors === 0;
}
validate23.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema50 = {"title":"Agent","description":"An agent under test.","type":"object","additionalProperties":false,"properties":{"id":{"title":"Id","description":"The agent's integer id.","$ref":"#/$defs/id","examples":[12]},"name":{"title":"Name","description":"For people. Default: the key.","type":"string","minLength":1,"examples":["Clinic scheduling"]},"assistant_id":{"title":"Assistant id","description":"The agent's external id.","type":"string","minLength":1,"examples":["asst_1234567890"]},"description":{"title":"Description","description":"What the agent does.","type":"string","examples":["Books, moves and cancels appointments."]},"inbound":{"title":"Inbound","description":"true: we call the agent; false: the agent calls us. Default: true.","type":"boolean","examples":[true]},"contact_number":{"title":"Contact number","description":"E.164.","type":"string","pattern":"^\\+[1-9][0-9]{1,14}$","examples":["+15555550100"]},"start":{"$ref":"#/$defs/start"},"knowledge":{"title":"Knowledge","description":"Text files that say what the agent may tell callers, relative to this file, inside its git work tree. hallucination is judged by them.","type":"array","items":{"type":"string","minLength":1},"minItems":1,"uniqueItems":true,"examples":[["docs/opening-hours.md"]]},"connection":{"$ref":"#/$defs/connection"},"mock_tools":{"title":"Mock tools","description":"Tools that Callsheet answers in place of the real ones, by name: over HTTP, as an MCP server, and in line where the connection is openai.","type":"object","propertyNames":{"pattern":"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$"},"additionalProperties":{"$ref":"#/$defs/mock_tool"},"examples":[{"cancel_appointment":{"cases":[{"input":{"patient_id":"P-1"},"output":{"ok":true}}]}}]},"mock_tools_port":{"title":"Port of the mock tools","description":"Where mock tools are served on 127.0.0.1, for an agent that cannot be told. Default: any free port.","type":"integer","minimum":1,"maximum":65535,"examples":[8790]},"limits":{"title":"Agent limits","description":"Bounds on this agent.","type":"object","additionalProperties":false,"properties":{"concurrency":{"title":"Concurrency","description":"Conversations held with it at once. Default: the suite's.","type":"integer","minimum":1,"maximum":100000,"examples":[10]},"starts_per_second":{"title":"Starts per second","description":"Conversations started with it in a second at most. Default: no bound.","type":"number","exclusiveMinimum":0,"examples":[5]}},"examples":[{"concurrency":10}]},"version":{"title":"Version","description":"Recorded in every report.","type":"string","examples":["${GIT_SHA:-dev}"]}},"examples":[{"connection":{"type":"websocket","url":"ws://127.0.0.1:8765"}}],"required":["connection"]};
const schema51 = {"title":"Id","description":"An integer id, the one the run-scenarios API uses.","type":"integer","minimum":1,"examples":[101]};
const pattern9 = new RegExp("^\\+[1-9][0-9]{1,14}$", "u");
const pattern27 = new RegExp("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$", "u");
const schema52 = {"title":"Start","description":"The agent's own process: launched before the first run, stopped with its whole process group after the last.","type":"object","additionalProperties":false,"properties":{"command":{"title":"Command","description":"What to launch.","$ref":"#/$defs/command","examples":["node agents/clinic.js"]},"ready":{"title":"Ready","description":"The agent is ready once this answers: http(s)://, ws(s):// or tcp://host:port. Default: the connection's own address.","type":"string","pattern":"^(https?|wss?|tcp)://","examples":["ws://127.0.0.1:8765"]},"timeout":{"title":"Timeout","description":"How long it may take to become ready. Default: 30s.","$ref":"#/$defs/duration","examples":["10s"]},"env":{"title":"Environment","description":"Variables added to the process's environment.","type":"object","additionalProperties":{"type":["string","number","boolean"]},"examples":[{"PORT":"8765"}]},"cwd":{"title":"Working folder","description":"Relative to the suite file. Default: the suite file's folder.","type":"string","minLength":1,"examples":[".."]}},"examples":[{"command":"node agents/clinic.js","ready":"ws://127.0.0.1:8765","timeout":"10s"}],"required":["command"]};
const schema53 = {"title":"Command","description":"A program with its arguments as a list, or one line for the shell.","anyOf":[{"type":"string","minLength":1},{"type":"array","items":{"type":"string"},"minItems":1}],"examples":["node agents/clinic.js",["node","agents/clinic.js"]]};
const pattern10 = new RegExp("^(https?|wss?|tcp)://", "u");

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate26.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.command === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'",schema:schema52.required,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "command") || (key0 === "ready")) || (key0 === "timeout")) || (key0 === "env")) || (key0 === "cwd"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.command !== undefined){
let data0 = data.command;
const _errs4 = errors;
let valid2 = false;
const _errs5 = errors;
if(typeof data0 === "string"){
if(data0.length < 1){
const err2 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/command/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema53.anyOf[0],data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/command/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema53.anyOf[0].type,parentSchema:schema53.anyOf[0],data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs5 === errors;
valid2 = valid2 || _valid0;
const _errs7 = errors;
if(Array.isArray(data0)){
if(data0.length < 1){
const err4 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/command/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema53.anyOf[1],data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 !== "string"){
const err5 = {instancePath:instancePath+"/command/" + i0,schemaPath:"#/$defs/command/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema53.anyOf[1].items.type,parentSchema:schema53.anyOf[1].items,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/command/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema53.anyOf[1].type,parentSchema:schema53.anyOf[1],data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs7 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const err7 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/command/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema53.anyOf,parentSchema:schema53,data:data0};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
else {
errors = _errs4;
if(vErrors !== null){
if(_errs4){
vErrors.length = _errs4;
}
else {
vErrors = null;
}
}
}
}
if(data.ready !== undefined){
let data2 = data.ready;
if(typeof data2 === "string"){
if(!pattern10.test(data2)){
const err8 = {instancePath:instancePath+"/ready",schemaPath:"#/properties/ready/pattern",keyword:"pattern",params:{pattern: "^(https?|wss?|tcp)://"},message:"must match pattern \""+"^(https?|wss?|tcp)://"+"\"",schema:"^(https?|wss?|tcp)://",parentSchema:schema52.properties.ready,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/ready",schemaPath:"#/properties/ready/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.ready.type,parentSchema:schema52.properties.ready,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.timeout !== undefined){
let data3 = data.timeout;
if(typeof data3 === "string"){
if(!pattern5.test(data3)){
const err10 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.env !== undefined){
let data4 = data.env;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key1 in data4){
let data5 = data4[key1];
if(((typeof data5 !== "string") && (!((typeof data5 == "number") && (isFinite(data5))))) && (typeof data5 !== "boolean")){
const err12 = {instancePath:instancePath+"/env/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/env/additionalProperties/type",keyword:"type",params:{type: schema52.properties.env.additionalProperties.type},message:"must be string,number,boolean",schema:schema52.properties.env.additionalProperties.type,parentSchema:schema52.properties.env.additionalProperties,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/env",schemaPath:"#/properties/env/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema52.properties.env.type,parentSchema:schema52.properties.env,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.cwd !== undefined){
let data6 = data.cwd;
if(typeof data6 === "string"){
if(data6.length < 1){
const err14 = {instancePath:instancePath+"/cwd",schemaPath:"#/properties/cwd/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema52.properties.cwd,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/cwd",schemaPath:"#/properties/cwd/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.cwd.type,parentSchema:schema52.properties.cwd,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema52.type,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
validate26.errors = vErrors;
return errors === 0;
}
validate26.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema55 = {"title":"Connection","description":"How the agent is reached, by type.","type":"object","required":["type"],"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/$defs/connection_http"},{"$ref":"#/$defs/connection_openai"},{"$ref":"#/$defs/connection_websocket"},{"$ref":"#/$defs/connection_command"},{"$ref":"#/$defs/connection_module"},{"$ref":"#/$defs/connection_hosted"}],"examples":[{"type":"websocket","url":"ws://127.0.0.1:8765"}]};
const schema56 = {"title":"HTTP","description":"One request a turn; the answer is read by JSON Pointers. Cookies that the agent sets are kept for the conversation.","type":"object","additionalProperties":false,"properties":{"type":{"title":"Type","description":"How the agent is reached.","const":"http","examples":["http"]},"url":{"title":"URL","description":"Where each turn is sent.","type":"string","pattern":"^https?://","examples":["http://127.0.0.1:8800/chat"]},"method":{"title":"Method","description":"Default: POST.","enum":["POST","PUT","PATCH","GET"],"examples":["POST"]},"headers":{"$ref":"#/$defs/headers"},"body":{"title":"Body","description":"The JSON sent, any shape. {{message}}, {{history}}, {{run.id}}, {{run.key}}, {{scenario.key}}, {{scenario.id}}, {{test_profile.x}} (agent variables only), {{captured.x}}, {{mock_tools.url}} and {{mock_tools.mcp_url}} are filled in; a string that is one placeholder alone takes the value's own type. Default: {message, session}.","examples":[{"message":"{{message}}","session":"{{run.id}}"}]},"reply":{"title":"Reply","description":"Where the agent's words are in the answer; a string, or a list of strings. Default: /reply.","type":"string","pattern":"^(/.*)?$","examples":["/reply"]},"tool_calls":{"title":"Tool calls","description":"Where the list of tool calls is: items {name, arguments} (also OpenAI's form), with result where there is one.","type":"string","pattern":"^(/.*)?$","examples":["/tools"]},"end":{"title":"End","description":"Where the answer says that the agent ends the conversation: true.","type":"string","pattern":"^(/.*)?$","examples":["/done"]},"metadata":{"title":"Metadata","description":"Where an object is that is merged into the run's metadata.","type":"string","pattern":"^(/.*)?$","examples":["/metadata"]},"capture":{"title":"Capture","description":"Values to keep from each answer: name to JSON Pointer; they serve later bodies and headers as {{captured.name}}.","type":"object","additionalProperties":{"type":"string","pattern":"^(/.*)?$"},"examples":[{"thread":"/thread_id"}]},"timeout":{"title":"Timeout","description":"Silence after the caller's turn that counts against the agent. Default: 30s.","$ref":"#/$defs/duration","examples":["30s"]}},"examples":[{"type":"http","url":"http://127.0.0.1:8800/chat","reply":"/reply"}],"required":["type","url"]};
const pattern13 = new RegExp("^(/.*)?$", "u");

function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate29.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema56.required,parentSchema:schema56,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.url === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'",schema:schema56.required,parentSchema:schema56,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema56.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema56,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("http" !== data0){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "http"},message:"must be equal to constant",schema:"http",parentSchema:schema56.properties.type,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.url !== undefined){
let data1 = data.url;
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
const err4 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/pattern",keyword:"pattern",params:{pattern: "^https?://"},message:"must match pattern \""+"^https?://"+"\"",schema:"^https?://",parentSchema:schema56.properties.url,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema56.properties.url.type,parentSchema:schema56.properties.url,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.method !== undefined){
let data2 = data.method;
if(!((((data2 === "POST") || (data2 === "PUT")) || (data2 === "PATCH")) || (data2 === "GET"))){
const err6 = {instancePath:instancePath+"/method",schemaPath:"#/properties/method/enum",keyword:"enum",params:{allowedValues: schema56.properties.method.enum},message:"must be equal to one of the allowed values",schema:schema56.properties.method.enum,parentSchema:schema56.properties.method,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.headers !== undefined){
let data3 = data.headers;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
let data4 = data3[key1];
if(typeof data4 !== "string"){
const err7 = {instancePath:instancePath+"/headers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/headers/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.additionalProperties.type,parentSchema:schema33.additionalProperties,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/headers",schemaPath:"#/$defs/headers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.type,parentSchema:schema33,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.reply !== undefined){
let data5 = data.reply;
if(typeof data5 === "string"){
if(!pattern13.test(data5)){
const err9 = {instancePath:instancePath+"/reply",schemaPath:"#/properties/reply/pattern",keyword:"pattern",params:{pattern: "^(/.*)?$"},message:"must match pattern \""+"^(/.*)?$"+"\"",schema:"^(/.*)?$",parentSchema:schema56.properties.reply,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/reply",schemaPath:"#/properties/reply/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema56.properties.reply.type,parentSchema:schema56.properties.reply,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.tool_calls !== undefined){
let data6 = data.tool_calls;
if(typeof data6 === "string"){
if(!pattern13.test(data6)){
const err11 = {instancePath:instancePath+"/tool_calls",schemaPath:"#/properties/tool_calls/pattern",keyword:"pattern",params:{pattern: "^(/.*)?$"},message:"must match pattern \""+"^(/.*)?$"+"\"",schema:"^(/.*)?$",parentSchema:schema56.properties.tool_calls,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/tool_calls",schemaPath:"#/properties/tool_calls/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema56.properties.tool_calls.type,parentSchema:schema56.properties.tool_calls,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.end !== undefined){
let data7 = data.end;
if(typeof data7 === "string"){
if(!pattern13.test(data7)){
const err13 = {instancePath:instancePath+"/end",schemaPath:"#/properties/end/pattern",keyword:"pattern",params:{pattern: "^(/.*)?$"},message:"must match pattern \""+"^(/.*)?$"+"\"",schema:"^(/.*)?$",parentSchema:schema56.properties.end,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/end",schemaPath:"#/properties/end/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema56.properties.end.type,parentSchema:schema56.properties.end,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.metadata !== undefined){
let data8 = data.metadata;
if(typeof data8 === "string"){
if(!pattern13.test(data8)){
const err15 = {instancePath:instancePath+"/metadata",schemaPath:"#/properties/metadata/pattern",keyword:"pattern",params:{pattern: "^(/.*)?$"},message:"must match pattern \""+"^(/.*)?$"+"\"",schema:"^(/.*)?$",parentSchema:schema56.properties.metadata,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/metadata",schemaPath:"#/properties/metadata/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema56.properties.metadata.type,parentSchema:schema56.properties.metadata,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.capture !== undefined){
let data9 = data.capture;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key2 in data9){
let data10 = data9[key2];
if(typeof data10 === "string"){
if(!pattern13.test(data10)){
const err17 = {instancePath:instancePath+"/capture/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/capture/additionalProperties/pattern",keyword:"pattern",params:{pattern: "^(/.*)?$"},message:"must match pattern \""+"^(/.*)?$"+"\"",schema:"^(/.*)?$",parentSchema:schema56.properties.capture.additionalProperties,data:data10};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/capture/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/capture/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema56.properties.capture.additionalProperties.type,parentSchema:schema56.properties.capture.additionalProperties,data:data10};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/capture",schemaPath:"#/properties/capture/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema56.properties.capture.type,parentSchema:schema56.properties.capture,data:data9};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.timeout !== undefined){
let data11 = data.timeout;
if(typeof data11 === "string"){
if(!pattern5.test(data11)){
const err20 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data11};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data11};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema56.type,parentSchema:schema56,data};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
validate29.errors = vErrors;
return errors === 0;
}
validate29.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema59 = {"title":"OpenAI-compatible","description":"Chat completions: the whole history is sent each turn.","type":"object","additionalProperties":false,"properties":{"type":{"title":"Type","description":"How the agent is reached.","const":"openai","examples":["openai"]},"base_url":{"title":"URL","description":"The API's base; /chat/completions is added.","type":"string","pattern":"^https?://","examples":["http://127.0.0.1:8000/v1"]},"model":{"title":"Model","description":"The model's name.","type":"string","minLength":1,"examples":["my-agent"]},"api_key":{"title":"API key","description":"Sent as a bearer token.","type":"string","examples":["${AGENT_KEY}"]},"system":{"title":"System prompt","description":"Sent as the first message.","type":"string","examples":["You are the clinic's scheduling assistant."]},"tools":{"title":"Tools","description":"Tool definitions, sent as they are.","type":"array","items":{"type":"object"},"examples":[[{"type":"function","function":{"name":"book"}}]]},"parameters":{"title":"Parameters","description":"More fields of the request, such as temperature.","type":"object","examples":[{"temperature":0}]},"headers":{"$ref":"#/$defs/headers"},"timeout":{"title":"Timeout","description":"Silence after the caller's turn that counts against the agent. Default: 30s.","$ref":"#/$defs/duration","examples":["30s"]}},"examples":[{"type":"openai","base_url":"http://127.0.0.1:8000/v1","model":"my-agent"}],"required":["type","base_url","model"]};

function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate30.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema59.required,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.base_url === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "base_url"},message:"must have required property '"+"base_url"+"'",schema:schema59.required,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.model === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "model"},message:"must have required property '"+"model"+"'",schema:schema59.required,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema59.properties, key0))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("openai" !== data0){
const err4 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "openai"},message:"must be equal to constant",schema:"openai",parentSchema:schema59.properties.type,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.base_url !== undefined){
let data1 = data.base_url;
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
const err5 = {instancePath:instancePath+"/base_url",schemaPath:"#/properties/base_url/pattern",keyword:"pattern",params:{pattern: "^https?://"},message:"must match pattern \""+"^https?://"+"\"",schema:"^https?://",parentSchema:schema59.properties.base_url,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/base_url",schemaPath:"#/properties/base_url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.properties.base_url.type,parentSchema:schema59.properties.base_url,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.model !== undefined){
let data2 = data.model;
if(typeof data2 === "string"){
if(data2.length < 1){
const err7 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema59.properties.model,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.properties.model.type,parentSchema:schema59.properties.model,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.api_key !== undefined){
let data3 = data.api_key;
if(typeof data3 !== "string"){
const err9 = {instancePath:instancePath+"/api_key",schemaPath:"#/properties/api_key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.properties.api_key.type,parentSchema:schema59.properties.api_key,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.system !== undefined){
let data4 = data.system;
if(typeof data4 !== "string"){
const err10 = {instancePath:instancePath+"/system",schemaPath:"#/properties/system/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.properties.system.type,parentSchema:schema59.properties.system,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.tools !== undefined){
let data5 = data.tools;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(!(data6 && typeof data6 == "object" && !Array.isArray(data6))){
const err11 = {instancePath:instancePath+"/tools/" + i0,schemaPath:"#/properties/tools/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema59.properties.tools.items.type,parentSchema:schema59.properties.tools.items,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/tools",schemaPath:"#/properties/tools/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema59.properties.tools.type,parentSchema:schema59.properties.tools,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.parameters !== undefined){
let data7 = data.parameters;
if(!(data7 && typeof data7 == "object" && !Array.isArray(data7))){
const err13 = {instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema59.properties.parameters.type,parentSchema:schema59.properties.parameters,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.headers !== undefined){
let data8 = data.headers;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key1 in data8){
let data9 = data8[key1];
if(typeof data9 !== "string"){
const err14 = {instancePath:instancePath+"/headers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/headers/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.additionalProperties.type,parentSchema:schema33.additionalProperties,data:data9};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
else {
const err15 = {instancePath:instancePath+"/headers",schemaPath:"#/$defs/headers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.type,parentSchema:schema33,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.timeout !== undefined){
let data10 = data.timeout;
if(typeof data10 === "string"){
if(!pattern5.test(data10)){
const err16 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data10};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data10};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema59.type,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
validate30.errors = vErrors;
return errors === 0;
}
validate30.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema62 = {"title":"WebSocket","description":"JSON text frames; the agent may speak first, and more than once.","type":"object","additionalProperties":false,"properties":{"type":{"title":"Type","description":"How the agent is reached.","const":"websocket","examples":["websocket"]},"url":{"title":"URL","description":"Where to connect, once a run.","type":"string","pattern":"^wss?://","examples":["ws://127.0.0.1:8765"]},"headers":{"$ref":"#/$defs/headers"},"secret":{"title":"Secret","description":"Sent as X-VOCERA-SECRET.","type":"string","examples":["${CLINIC_SECRET:-}"]},"timeout":{"title":"Timeout","description":"Silence after the caller's turn that counts against the agent. Default: 30s.","$ref":"#/$defs/duration","examples":["30s"]}},"examples":[{"type":"websocket","url":"ws://127.0.0.1:8765"}],"required":["type","url"]};
const pattern21 = new RegExp("^wss?://", "u");

function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate31.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema62.required,parentSchema:schema62,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.url === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'",schema:schema62.required,parentSchema:schema62,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "type") || (key0 === "url")) || (key0 === "headers")) || (key0 === "secret")) || (key0 === "timeout"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema62,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("websocket" !== data0){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "websocket"},message:"must be equal to constant",schema:"websocket",parentSchema:schema62.properties.type,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.url !== undefined){
let data1 = data.url;
if(typeof data1 === "string"){
if(!pattern21.test(data1)){
const err4 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/pattern",keyword:"pattern",params:{pattern: "^wss?://"},message:"must match pattern \""+"^wss?://"+"\"",schema:"^wss?://",parentSchema:schema62.properties.url,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema62.properties.url.type,parentSchema:schema62.properties.url,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.headers !== undefined){
let data2 = data.headers;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
let data3 = data2[key1];
if(typeof data3 !== "string"){
const err6 = {instancePath:instancePath+"/headers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/headers/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.additionalProperties.type,parentSchema:schema33.additionalProperties,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/headers",schemaPath:"#/$defs/headers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.type,parentSchema:schema33,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.secret !== undefined){
let data4 = data.secret;
if(typeof data4 !== "string"){
const err8 = {instancePath:instancePath+"/secret",schemaPath:"#/properties/secret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema62.properties.secret.type,parentSchema:schema62.properties.secret,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.timeout !== undefined){
let data5 = data.timeout;
if(typeof data5 === "string"){
if(!pattern5.test(data5)){
const err9 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema62.type,parentSchema:schema62,data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
validate31.errors = vErrors;
return errors === 0;
}
validate31.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema65 = {"title":"Command","description":"A process a conversation: JSON lines on its standard input and output, the frames of the WebSocket.","type":"object","additionalProperties":false,"properties":{"type":{"title":"Type","description":"How the agent is reached.","const":"command","examples":["command"]},"command":{"title":"Command","description":"The program.","$ref":"#/$defs/command","examples":[["node","agent.js"]]},"env":{"title":"Environment","description":"Variables added to the process's environment.","type":"object","additionalProperties":{"type":["string","number","boolean"]},"examples":[{"MODE":"test"}]},"cwd":{"title":"Working folder","description":"Relative to the suite file. Default: the suite file's folder.","type":"string","minLength":1,"examples":["agents"]},"timeout":{"title":"Timeout","description":"Silence after the caller's turn that counts against the agent. Default: 30s.","$ref":"#/$defs/duration","examples":["30s"]}},"examples":[{"type":"command","command":["node","agent.js"]}],"required":["type","command"]};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate32.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema65.required,parentSchema:schema65,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.command === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'",schema:schema65.required,parentSchema:schema65,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "type") || (key0 === "command")) || (key0 === "env")) || (key0 === "cwd")) || (key0 === "timeout"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema65,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("command" !== data0){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "command"},message:"must be equal to constant",schema:"command",parentSchema:schema65.properties.type,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.command !== undefined){
let data1 = data.command;
const _errs5 = errors;
let valid2 = false;
const _errs6 = errors;
if(typeof data1 === "string"){
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/command/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema53.anyOf[0],data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/command/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema53.anyOf[0].type,parentSchema:schema53.anyOf[0],data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid0 = _errs6 === errors;
valid2 = valid2 || _valid0;
const _errs8 = errors;
if(Array.isArray(data1)){
if(data1.length < 1){
const err6 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/command/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema53.anyOf[1],data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 !== "string"){
const err7 = {instancePath:instancePath+"/command/" + i0,schemaPath:"#/$defs/command/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema53.anyOf[1].items.type,parentSchema:schema53.anyOf[1].items,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/command/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema53.anyOf[1].type,parentSchema:schema53.anyOf[1],data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
var _valid0 = _errs8 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const err9 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/command/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema53.anyOf,parentSchema:schema53,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
else {
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
}
}
if(data.env !== undefined){
let data3 = data.env;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
let data4 = data3[key1];
if(((typeof data4 !== "string") && (!((typeof data4 == "number") && (isFinite(data4))))) && (typeof data4 !== "boolean")){
const err10 = {instancePath:instancePath+"/env/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/env/additionalProperties/type",keyword:"type",params:{type: schema65.properties.env.additionalProperties.type},message:"must be string,number,boolean",schema:schema65.properties.env.additionalProperties.type,parentSchema:schema65.properties.env.additionalProperties,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/env",schemaPath:"#/properties/env/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema65.properties.env.type,parentSchema:schema65.properties.env,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.cwd !== undefined){
let data5 = data.cwd;
if(typeof data5 === "string"){
if(data5.length < 1){
const err12 = {instancePath:instancePath+"/cwd",schemaPath:"#/properties/cwd/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema65.properties.cwd,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/cwd",schemaPath:"#/properties/cwd/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema65.properties.cwd.type,parentSchema:schema65.properties.cwd,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.timeout !== undefined){
let data6 = data.timeout;
if(typeof data6 === "string"){
if(!pattern5.test(data6)){
const err14 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema65.type,parentSchema:schema65,data};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
validate32.errors = vErrors;
return errors === 0;
}
validate32.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema68 = {"title":"Module","description":"A JavaScript or TypeScript module that exports an async function (message, { history, runId, signal }) => string | { content, tool_calls, end }.","type":"object","additionalProperties":false,"properties":{"type":{"title":"Type","description":"How the agent is reached.","const":"module","examples":["module"]},"path":{"title":"Path","description":"The module, relative to the suite file.","type":"string","minLength":1,"examples":["./agent.ts"]},"export":{"title":"Export","description":"The function's name. Default: default.","type":"string","minLength":1,"examples":["reply"]},"timeout":{"title":"Timeout","description":"Silence after the caller's turn that counts against the agent. Default: 30s.","$ref":"#/$defs/duration","examples":["30s"]}},"examples":[{"type":"module","path":"./agent.ts","export":"reply"}],"required":["type","path"]};

function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate33.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema68.required,parentSchema:schema68,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.path === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema68.required,parentSchema:schema68,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "type") || (key0 === "path")) || (key0 === "export")) || (key0 === "timeout"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema68,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("module" !== data0){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "module"},message:"must be equal to constant",schema:"module",parentSchema:schema68.properties.type,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.path !== undefined){
let data1 = data.path;
if(typeof data1 === "string"){
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema68.properties.path,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema68.properties.path.type,parentSchema:schema68.properties.path,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.export !== undefined){
let data2 = data.export;
if(typeof data2 === "string"){
if(data2.length < 1){
const err6 = {instancePath:instancePath+"/export",schemaPath:"#/properties/export/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema68.properties.export,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/export",schemaPath:"#/properties/export/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema68.properties.export.type,parentSchema:schema68.properties.export,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.timeout !== undefined){
let data3 = data.timeout;
if(typeof data3 === "string"){
if(!pattern5.test(data3)){
const err8 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema68.type,parentSchema:schema68,data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate33.errors = vErrors;
return errors === 0;
}
validate33.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema70 = {"title":"Hosted","description":"A service that holds the conversations and scores them, spoken to over the run-scenarios API.","type":"object","additionalProperties":false,"properties":{"type":{"title":"Type","description":"How the agent is reached.","const":"hosted","examples":["hosted"]},"base_url":{"title":"URL","description":"The service; /test_framework/v1 is added where it is not there.","type":"string","pattern":"^https?://","examples":["https://api.example.com"]},"api_key":{"title":"API key","description":"Sent as X-CEKURA-API-KEY.","type":"string","examples":["${HOSTED_KEY}"]},"agent_id":{"title":"Agent id","description":"The agent's integer id there.","$ref":"#/$defs/id","examples":[12]},"project_id":{"title":"Project id","description":"The project's integer id there; needed to run a folder.","$ref":"#/$defs/id","examples":[4]},"timeout":{"title":"Timeout","description":"How long nothing may happen to the runs until they are given up. Default: 30m.","$ref":"#/$defs/duration","examples":["30m"]}},"examples":[{"type":"hosted","base_url":"https://api.example.com","api_key":"${HOSTED_KEY}","agent_id":12}],"required":["type","base_url","agent_id"]};

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate34.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema70.required,parentSchema:schema70,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.base_url === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "base_url"},message:"must have required property '"+"base_url"+"'",schema:schema70.required,parentSchema:schema70,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.agent_id === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "agent_id"},message:"must have required property '"+"agent_id"+"'",schema:schema70.required,parentSchema:schema70,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((((key0 === "type") || (key0 === "base_url")) || (key0 === "api_key")) || (key0 === "agent_id")) || (key0 === "project_id")) || (key0 === "timeout"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema70,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("hosted" !== data0){
const err4 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "hosted"},message:"must be equal to constant",schema:"hosted",parentSchema:schema70.properties.type,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.base_url !== undefined){
let data1 = data.base_url;
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
const err5 = {instancePath:instancePath+"/base_url",schemaPath:"#/properties/base_url/pattern",keyword:"pattern",params:{pattern: "^https?://"},message:"must match pattern \""+"^https?://"+"\"",schema:"^https?://",parentSchema:schema70.properties.base_url,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/base_url",schemaPath:"#/properties/base_url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema70.properties.base_url.type,parentSchema:schema70.properties.base_url,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.api_key !== undefined){
let data2 = data.api_key;
if(typeof data2 !== "string"){
const err7 = {instancePath:instancePath+"/api_key",schemaPath:"#/properties/api_key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema70.properties.api_key.type,parentSchema:schema70.properties.api_key,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.agent_id !== undefined){
let data3 = data.agent_id;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err8 = {instancePath:instancePath+"/agent_id",schemaPath:"#/$defs/id/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.type,parentSchema:schema51,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 1 || isNaN(data3)){
const err9 = {instancePath:instancePath+"/agent_id",schemaPath:"#/$defs/id/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema51,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
if(data.project_id !== undefined){
let data4 = data.project_id;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err10 = {instancePath:instancePath+"/project_id",schemaPath:"#/$defs/id/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.type,parentSchema:schema51,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 1 || isNaN(data4)){
const err11 = {instancePath:instancePath+"/project_id",schemaPath:"#/$defs/id/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema51,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
if(data.timeout !== undefined){
let data5 = data.timeout;
if(typeof data5 === "string"){
if(!pattern5.test(data5)){
const err12 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema70.type,parentSchema:schema70,data};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
validate34.errors = vErrors;
return errors === 0;
}
validate34.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate28.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema55.required,parentSchema:schema55,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const tag0 = data.type;
if(typeof tag0 == "string"){
if(tag0 === "http"){
if(!(validate29(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
errors = vErrors.length;
}
var props0 = true;
}
else if(tag0 === "openai"){
if(!(validate30(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag0 === "websocket"){
if(!(validate31(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag0 === "command"){
if(!(validate32(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag0 === "module"){
if(!(validate33(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag0 === "hosted"){
if(!(validate34(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else {
const err1 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "type", tagValue: tag0},message:"value of tag \"type\" must be in oneOf",schema:schema55.discriminator,parentSchema:schema55,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "type", tagValue: tag0},message:"tag \"type\" must be string",schema:schema55.discriminator,parentSchema:schema55,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema55.type,parentSchema:schema55,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate28.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate28.evaluated = {"dynamicProps":true,"dynamicItems":false};

const schema74 = {"title":"Mock tool","description":"A tool that Callsheet answers from a table, in place of the real one.","type":"object","additionalProperties":false,"properties":{"description":{"title":"Description","description":"What the tool does, for the agent.","type":"string","examples":["Cancels an appointment."]},"parameters":{"title":"Parameters","description":"JSON Schema (2020-12) of the arguments; its type is object.","type":"object","examples":[{"type":"object","properties":{"patient_id":{"type":"string"}},"required":["patient_id"]}]},"cases":{"title":"Cases","description":"The first that matches a call, and is not used up, answers it.","type":"array","items":{"$ref":"#/$defs/mock_case"},"examples":[[{"input":{"patient_id":"P-1"},"output":{"ok":true}}]]},"otherwise":{"title":"Otherwise","description":"What answers where no case does. Default: an error, and the report says that the call was unmatched.","$ref":"#/$defs/mock_answer","examples":[{"error":"No such patient."}]}},"examples":[{"cases":[{"output":{"ok":true}}]}]};
const schema75 = {"title":"Mock case","description":"Calls of a mock tool, and what answers them: output or error.","type":"object","additionalProperties":false,"properties":{"input":{"title":"Input","description":"The call's arguments hold at least these values, objects in depth; arrays must be equal. Default: any call.","type":"object","examples":[{"patient_id":"P-1"}]},"output":{"title":"Output","description":"What the tool gives: any JSON. In its texts {{input.x}} is an argument of the call, {{test_profile.x}} an agent variable; a text that is one placeholder alone takes the value's own type.","examples":[{"ok":true,"id":"{{input.patient_id}}"}]},"error":{"title":"Error","description":"The tool fails: a text, or an object. Placeholders as in output.","type":["string","object"],"examples":["The calendar is down."]},"delay":{"title":"Delay","description":"How long the tool takes. Default: no time.","$ref":"#/$defs/duration","examples":["200ms"]},"times":{"title":"Times","description":"How often the case answers in one run; the next that matches comes after it. Default: always.","type":"integer","minimum":1,"examples":[1]}},"examples":[{"input":{"patient_id":"P-1"},"output":{"ok":true}}]};

function validate43(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate43.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "input") || (key0 === "output")) || (key0 === "error")) || (key0 === "delay")) || (key0 === "times"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema75,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.input !== undefined){
let data0 = data.input;
if(!(data0 && typeof data0 == "object" && !Array.isArray(data0))){
const err1 = {instancePath:instancePath+"/input",schemaPath:"#/properties/input/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema75.properties.input.type,parentSchema:schema75.properties.input,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.error !== undefined){
let data1 = data.error;
if((typeof data1 !== "string") && (!(data1 && typeof data1 == "object" && !Array.isArray(data1)))){
const err2 = {instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: schema75.properties.error.type},message:"must be string,object",schema:schema75.properties.error.type,parentSchema:schema75.properties.error,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.delay !== undefined){
let data2 = data.delay;
if(typeof data2 === "string"){
if(!pattern5.test(data2)){
const err3 = {instancePath:instancePath+"/delay",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/delay",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.times !== undefined){
let data3 = data.times;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err5 = {instancePath:instancePath+"/times",schemaPath:"#/properties/times/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema75.properties.times.type,parentSchema:schema75.properties.times,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 1 || isNaN(data3)){
const err6 = {instancePath:instancePath+"/times",schemaPath:"#/properties/times/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema75.properties.times,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema75.type,parentSchema:schema75,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate43.errors = vErrors;
return errors === 0;
}
validate43.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema77 = {"title":"Mock answer","description":"What a mock tool answers: output or error.","type":"object","additionalProperties":false,"properties":{"output":{"title":"Output","description":"What the tool gives: any JSON. In its texts {{input.x}} is an argument of the call, {{test_profile.x}} an agent variable; a text that is one placeholder alone takes the value's own type.","examples":[{"ok":true,"id":"{{input.patient_id}}"}]},"error":{"title":"Error","description":"The tool fails: a text, or an object. Placeholders as in output.","type":["string","object"],"examples":["The calendar is down."]},"delay":{"title":"Delay","description":"How long the tool takes. Default: no time.","$ref":"#/$defs/duration","examples":["200ms"]}},"examples":[{"output":{"ok":true}}]};

function validate45(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate45.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "output") || (key0 === "error")) || (key0 === "delay"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema77,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.error !== undefined){
let data0 = data.error;
if((typeof data0 !== "string") && (!(data0 && typeof data0 == "object" && !Array.isArray(data0)))){
const err1 = {instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: schema77.properties.error.type},message:"must be string,object",schema:schema77.properties.error.type,parentSchema:schema77.properties.error,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.delay !== undefined){
let data1 = data.delay;
if(typeof data1 === "string"){
if(!pattern5.test(data1)){
const err2 = {instancePath:instancePath+"/delay",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/delay",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema77.type,parentSchema:schema77,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate45.errors = vErrors;
return errors === 0;
}
validate45.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate42(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate42.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "description") || (key0 === "parameters")) || (key0 === "cases")) || (key0 === "otherwise"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema74,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.description !== undefined){
let data0 = data.description;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema74.properties.description.type,parentSchema:schema74.properties.description,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.parameters !== undefined){
let data1 = data.parameters;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err2 = {instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema74.properties.parameters.type,parentSchema:schema74.properties.parameters,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.cases !== undefined){
let data2 = data.cases;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate43(data2[i0], {instancePath:instancePath+"/cases/" + i0,parentData:data2,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate43.errors : vErrors.concat(validate43.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath:instancePath+"/cases",schemaPath:"#/properties/cases/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema74.properties.cases.type,parentSchema:schema74.properties.cases,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.otherwise !== undefined){
if(!(validate45(data.otherwise, {instancePath:instancePath+"/otherwise",parentData:data,parentDataProperty:"otherwise",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema74.type,parentSchema:schema74,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate42.errors = vErrors;
return errors === 0;
}
validate42.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate25.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.connection === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "connection"},message:"must have required property '"+"connection"+"'",schema:schema50.required,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema50.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err2 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/id/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.type,parentSchema:schema51,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 1 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/id/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema51,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 === "string"){
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema50.properties.name,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.name.type,parentSchema:schema50.properties.name,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.assistant_id !== undefined){
let data2 = data.assistant_id;
if(typeof data2 === "string"){
if(data2.length < 1){
const err6 = {instancePath:instancePath+"/assistant_id",schemaPath:"#/properties/assistant_id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema50.properties.assistant_id,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/assistant_id",schemaPath:"#/properties/assistant_id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.assistant_id.type,parentSchema:schema50.properties.assistant_id,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.description !== undefined){
let data3 = data.description;
if(typeof data3 !== "string"){
const err8 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.description.type,parentSchema:schema50.properties.description,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.inbound !== undefined){
let data4 = data.inbound;
if(typeof data4 !== "boolean"){
const err9 = {instancePath:instancePath+"/inbound",schemaPath:"#/properties/inbound/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema50.properties.inbound.type,parentSchema:schema50.properties.inbound,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.contact_number !== undefined){
let data5 = data.contact_number;
if(typeof data5 === "string"){
if(!pattern9.test(data5)){
const err10 = {instancePath:instancePath+"/contact_number",schemaPath:"#/properties/contact_number/pattern",keyword:"pattern",params:{pattern: "^\\+[1-9][0-9]{1,14}$"},message:"must match pattern \""+"^\\+[1-9][0-9]{1,14}$"+"\"",schema:"^\\+[1-9][0-9]{1,14}$",parentSchema:schema50.properties.contact_number,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/contact_number",schemaPath:"#/properties/contact_number/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.contact_number.type,parentSchema:schema50.properties.contact_number,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.start !== undefined){
if(!(validate26(data.start, {instancePath:instancePath+"/start",parentData:data,parentDataProperty:"start",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.knowledge !== undefined){
let data7 = data.knowledge;
if(Array.isArray(data7)){
if(data7.length < 1){
const err12 = {instancePath:instancePath+"/knowledge",schemaPath:"#/properties/knowledge/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema50.properties.knowledge,data:data7};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(typeof data8 === "string"){
if(data8.length < 1){
const err13 = {instancePath:instancePath+"/knowledge/" + i0,schemaPath:"#/properties/knowledge/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema50.properties.knowledge.items,data:data8};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/knowledge/" + i0,schemaPath:"#/properties/knowledge/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.knowledge.items.type,parentSchema:schema50.properties.knowledge.items,data:data8};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
let i1 = data7.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data7[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err15 = {instancePath:instancePath+"/knowledge",schemaPath:"#/properties/knowledge/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema50.properties.knowledge,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err16 = {instancePath:instancePath+"/knowledge",schemaPath:"#/properties/knowledge/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema50.properties.knowledge.type,parentSchema:schema50.properties.knowledge,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.connection !== undefined){
if(!(validate28(data.connection, {instancePath:instancePath+"/connection",parentData:data,parentDataProperty:"connection",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.mock_tools !== undefined){
let data10 = data.mock_tools;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key1 in data10){
const _errs23 = errors;
if(typeof key1 === "string"){
if(!pattern27.test(key1)){
const err17 = {instancePath:instancePath+"/mock_tools",schemaPath:"#/properties/mock_tools/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$"},message:"must match pattern \""+"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$"+"\"",schema:"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$",parentSchema:schema50.properties.mock_tools.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
var valid5 = _errs23 === errors;
if(!valid5){
const err18 = {instancePath:instancePath+"/mock_tools",schemaPath:"#/properties/mock_tools/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema50.properties.mock_tools.propertyNames,parentSchema:schema50.properties.mock_tools,data:data10};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
for(const key2 in data10){
if(!(validate42(data10[key2], {instancePath:instancePath+"/mock_tools/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data10,parentDataProperty:key2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
}
else {
const err19 = {instancePath:instancePath+"/mock_tools",schemaPath:"#/properties/mock_tools/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.properties.mock_tools.type,parentSchema:schema50.properties.mock_tools,data:data10};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.mock_tools_port !== undefined){
let data12 = data.mock_tools_port;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
const err20 = {instancePath:instancePath+"/mock_tools_port",schemaPath:"#/properties/mock_tools_port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema50.properties.mock_tools_port.type,parentSchema:schema50.properties.mock_tools_port,data:data12};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 65535 || isNaN(data12)){
const err21 = {instancePath:instancePath+"/mock_tools_port",schemaPath:"#/properties/mock_tools_port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema50.properties.mock_tools_port,data:data12};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data12 < 1 || isNaN(data12)){
const err22 = {instancePath:instancePath+"/mock_tools_port",schemaPath:"#/properties/mock_tools_port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema50.properties.mock_tools_port,data:data12};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
if(data.limits !== undefined){
let data13 = data.limits;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key3 in data13){
if(!((key3 === "concurrency") || (key3 === "starts_per_second"))){
const err23 = {instancePath:instancePath+"/limits",schemaPath:"#/properties/limits/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema50.properties.limits,data:data13};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data13.concurrency !== undefined){
let data14 = data13.concurrency;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err24 = {instancePath:instancePath+"/limits/concurrency",schemaPath:"#/properties/limits/properties/concurrency/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema50.properties.limits.properties.concurrency.type,parentSchema:schema50.properties.limits.properties.concurrency,data:data14};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 > 100000 || isNaN(data14)){
const err25 = {instancePath:instancePath+"/limits/concurrency",schemaPath:"#/properties/limits/properties/concurrency/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema50.properties.limits.properties.concurrency,data:data14};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data14 < 1 || isNaN(data14)){
const err26 = {instancePath:instancePath+"/limits/concurrency",schemaPath:"#/properties/limits/properties/concurrency/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema50.properties.limits.properties.concurrency,data:data14};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
if(data13.starts_per_second !== undefined){
let data15 = data13.starts_per_second;
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 <= 0 || isNaN(data15)){
const err27 = {instancePath:instancePath+"/limits/starts_per_second",schemaPath:"#/properties/limits/properties/starts_per_second/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema50.properties.limits.properties.starts_per_second,data:data15};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/limits/starts_per_second",schemaPath:"#/properties/limits/properties/starts_per_second/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema50.properties.limits.properties.starts_per_second.type,parentSchema:schema50.properties.limits.properties.starts_per_second,data:data15};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/limits",schemaPath:"#/properties/limits/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.properties.limits.type,parentSchema:schema50.properties.limits,data:data13};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.version !== undefined){
let data16 = data.version;
if(typeof data16 !== "string"){
const err30 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.version.type,parentSchema:schema50.properties.version,data:data16};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.type,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
validate25.errors = vErrors;
return errors === 0;
}
validate25.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema79 = {"title":"Personality","description":"As whom the caller speaks.","type":"object","additionalProperties":false,"properties":{"id":{"title":"Id","description":"The personality's integer id.","$ref":"#/$defs/id","examples":[3]},"name":{"title":"Name","description":"For people. Default: the key.","type":"string","minLength":1,"examples":["Calm"]},"prompt":{"title":"Prompt","description":"How it speaks, in plain language; model-driven callers follow it. {{test_profile.x}} reads the profile's caller variables.","type":"string","examples":["You are calm and brief."]},"language":{"title":"Language","description":"BCP 47. Default: en.","type":"string","minLength":2,"examples":["en"]},"accent":{"title":"Accent","description":"For voice.","type":"string","examples":["british"]},"interruption_level":{"title":"Interruption level","description":"How readily it speaks before the agent has finished. Of callers driven by a model: in none, 20 %, 50 % or 80 % of their turns. Default: none.","enum":["none","low","medium","high"],"examples":["high"]},"speed":{"title":"Speed","description":"Speaking rate, 1 is normal. In text: below 0.9 the pace is slow, above 1.1 fast.","type":"number","exclusiveMinimum":0,"maximum":4,"examples":[1.15]},"pace":{"title":"Pace","description":"How long it takes to answer, where a model drives it. Default: what speed says, else normal.","enum":["slow","normal","fast"],"examples":["fast"]},"hesitation":{"title":"Hesitation","description":"How often it begins with an \"um\", where a model drives it: never, in 20 %, 50 % or 80 % of its turns. Default: none.","enum":["none","low","medium","high"],"examples":["low"]},"typos":{"title":"Typos","description":"How often its fingers slip, where a model drives it: in no word, in 2 %, 6 % or 12 % of them; never in digits, names or what its test profile holds. Default: none.","enum":["none","low","medium","high"],"examples":["medium"]},"language_mixing":{"title":"Language mixing","description":"A second language that slips in, where a model drives it.","type":"object","additionalProperties":false,"properties":{"language":{"title":"Language","description":"BCP 47.","type":"string","minLength":2,"examples":["es"]},"level":{"title":"Level","description":"How often: never, in 20 %, 50 % or 80 % of its turns. Default: medium.","enum":["none","low","medium","high"],"examples":["low"]}},"required":["language"],"examples":[{"language":"es","level":"low"}]},"background_noise":{"title":"Background noise","description":"For voice.","type":"string","examples":["street"]}},"examples":[{"id":3,"name":"Calm","prompt":"You are calm and brief."}]};

function validate49(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate49.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema79.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema79,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/id/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.type,parentSchema:schema51,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 1 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/id/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema51,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 === "string"){
if(data1.length < 1){
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema79.properties.name,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema79.properties.name.type,parentSchema:schema79.properties.name,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.prompt !== undefined){
let data2 = data.prompt;
if(typeof data2 !== "string"){
const err5 = {instancePath:instancePath+"/prompt",schemaPath:"#/properties/prompt/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema79.properties.prompt.type,parentSchema:schema79.properties.prompt,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.language !== undefined){
let data3 = data.language;
if(typeof data3 === "string"){
if(data3.length < 2){
const err6 = {instancePath:instancePath+"/language",schemaPath:"#/properties/language/minLength",keyword:"minLength",params:{limit: 2},message:"must NOT have fewer than 2 characters",schema:2,parentSchema:schema79.properties.language,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/language",schemaPath:"#/properties/language/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema79.properties.language.type,parentSchema:schema79.properties.language,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.accent !== undefined){
let data4 = data.accent;
if(typeof data4 !== "string"){
const err8 = {instancePath:instancePath+"/accent",schemaPath:"#/properties/accent/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema79.properties.accent.type,parentSchema:schema79.properties.accent,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.interruption_level !== undefined){
let data5 = data.interruption_level;
if(!((((data5 === "none") || (data5 === "low")) || (data5 === "medium")) || (data5 === "high"))){
const err9 = {instancePath:instancePath+"/interruption_level",schemaPath:"#/properties/interruption_level/enum",keyword:"enum",params:{allowedValues: schema79.properties.interruption_level.enum},message:"must be equal to one of the allowed values",schema:schema79.properties.interruption_level.enum,parentSchema:schema79.properties.interruption_level,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.speed !== undefined){
let data6 = data.speed;
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 4 || isNaN(data6)){
const err10 = {instancePath:instancePath+"/speed",schemaPath:"#/properties/speed/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4},message:"must be <= 4",schema:4,parentSchema:schema79.properties.speed,data:data6};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data6 <= 0 || isNaN(data6)){
const err11 = {instancePath:instancePath+"/speed",schemaPath:"#/properties/speed/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema79.properties.speed,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/speed",schemaPath:"#/properties/speed/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema79.properties.speed.type,parentSchema:schema79.properties.speed,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.pace !== undefined){
let data7 = data.pace;
if(!(((data7 === "slow") || (data7 === "normal")) || (data7 === "fast"))){
const err13 = {instancePath:instancePath+"/pace",schemaPath:"#/properties/pace/enum",keyword:"enum",params:{allowedValues: schema79.properties.pace.enum},message:"must be equal to one of the allowed values",schema:schema79.properties.pace.enum,parentSchema:schema79.properties.pace,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.hesitation !== undefined){
let data8 = data.hesitation;
if(!((((data8 === "none") || (data8 === "low")) || (data8 === "medium")) || (data8 === "high"))){
const err14 = {instancePath:instancePath+"/hesitation",schemaPath:"#/properties/hesitation/enum",keyword:"enum",params:{allowedValues: schema79.properties.hesitation.enum},message:"must be equal to one of the allowed values",schema:schema79.properties.hesitation.enum,parentSchema:schema79.properties.hesitation,data:data8};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.typos !== undefined){
let data9 = data.typos;
if(!((((data9 === "none") || (data9 === "low")) || (data9 === "medium")) || (data9 === "high"))){
const err15 = {instancePath:instancePath+"/typos",schemaPath:"#/properties/typos/enum",keyword:"enum",params:{allowedValues: schema79.properties.typos.enum},message:"must be equal to one of the allowed values",schema:schema79.properties.typos.enum,parentSchema:schema79.properties.typos,data:data9};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.language_mixing !== undefined){
let data10 = data.language_mixing;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.language === undefined){
const err16 = {instancePath:instancePath+"/language_mixing",schemaPath:"#/properties/language_mixing/required",keyword:"required",params:{missingProperty: "language"},message:"must have required property '"+"language"+"'",schema:schema79.properties.language_mixing.required,parentSchema:schema79.properties.language_mixing,data:data10};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
for(const key1 in data10){
if(!((key1 === "language") || (key1 === "level"))){
const err17 = {instancePath:instancePath+"/language_mixing",schemaPath:"#/properties/language_mixing/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema79.properties.language_mixing,data:data10};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data10.language !== undefined){
let data11 = data10.language;
if(typeof data11 === "string"){
if(data11.length < 2){
const err18 = {instancePath:instancePath+"/language_mixing/language",schemaPath:"#/properties/language_mixing/properties/language/minLength",keyword:"minLength",params:{limit: 2},message:"must NOT have fewer than 2 characters",schema:2,parentSchema:schema79.properties.language_mixing.properties.language,data:data11};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/language_mixing/language",schemaPath:"#/properties/language_mixing/properties/language/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema79.properties.language_mixing.properties.language.type,parentSchema:schema79.properties.language_mixing.properties.language,data:data11};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data10.level !== undefined){
let data12 = data10.level;
if(!((((data12 === "none") || (data12 === "low")) || (data12 === "medium")) || (data12 === "high"))){
const err20 = {instancePath:instancePath+"/language_mixing/level",schemaPath:"#/properties/language_mixing/properties/level/enum",keyword:"enum",params:{allowedValues: schema79.properties.language_mixing.properties.level.enum},message:"must be equal to one of the allowed values",schema:schema79.properties.language_mixing.properties.level.enum,parentSchema:schema79.properties.language_mixing.properties.level,data:data12};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/language_mixing",schemaPath:"#/properties/language_mixing/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema79.properties.language_mixing.type,parentSchema:schema79.properties.language_mixing,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.background_noise !== undefined){
let data13 = data.background_noise;
if(typeof data13 !== "string"){
const err22 = {instancePath:instancePath+"/background_noise",schemaPath:"#/properties/background_noise/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema79.properties.background_noise.type,parentSchema:schema79.properties.background_noise,data:data13};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema79.type,parentSchema:schema79,data};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
validate49.errors = vErrors;
return errors === 0;
}
validate49.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema81 = {"title":"Test profile","description":"Who the caller is.","type":"object","additionalProperties":false,"properties":{"id":{"title":"Id","description":"The profile's integer id.","$ref":"#/$defs/id","examples":[20]},"name":{"title":"Name","description":"For people. Default: the key.","type":"string","minLength":1,"examples":["Maria"]},"agent_variables":{"title":"Agent variables","description":"Reach the agent; names that start with X- as headers.","$ref":"#/$defs/variables","examples":[{"X-Customer-Tier":"gold"}]},"caller_variables":{"title":"Caller variables","description":"Stay with the caller; {{test_profile.x}} in what it says.","$ref":"#/$defs/variables","examples":[{"name":"Maria Lopez","dob":"1990-04-02"}]}},"examples":[{"id":20,"caller_variables":{"name":"Maria Lopez"}}]};
const schema83 = {"title":"Variables","description":"Name to value. Scalars only; names are letters, digits, - and _, so that {{test_profile.name}} can refer to them.","type":"object","propertyNames":{"pattern":"^[A-Za-z0-9_-]+$"},"additionalProperties":{"type":["string","number","boolean","null"]},"examples":[{"name":"Maria Lopez"}]};
const pattern32 = new RegExp("^[A-Za-z0-9_-]+$", "u");

function validate51(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate51.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "id") || (key0 === "name")) || (key0 === "agent_variables")) || (key0 === "caller_variables"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema81,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/id/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.type,parentSchema:schema51,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 1 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/id/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema51,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 === "string"){
if(data1.length < 1){
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema81.properties.name,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema81.properties.name.type,parentSchema:schema81.properties.name,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.agent_variables !== undefined){
let data2 = data.agent_variables;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
const _errs10 = errors;
if(typeof key1 === "string"){
if(!pattern32.test(key1)){
const err5 = {instancePath:instancePath+"/agent_variables",schemaPath:"#/$defs/variables/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_-]+$"},message:"must match pattern \""+"^[A-Za-z0-9_-]+$"+"\"",schema:"^[A-Za-z0-9_-]+$",parentSchema:schema83.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
var valid3 = _errs10 === errors;
if(!valid3){
const err6 = {instancePath:instancePath+"/agent_variables",schemaPath:"#/$defs/variables/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema83.propertyNames,parentSchema:schema83,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
for(const key2 in data2){
let data3 = data2[key2];
if((((typeof data3 !== "string") && (!((typeof data3 == "number") && (isFinite(data3))))) && (typeof data3 !== "boolean")) && (data3 !== null)){
const err7 = {instancePath:instancePath+"/agent_variables/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/variables/additionalProperties/type",keyword:"type",params:{type: schema83.additionalProperties.type},message:"must be string,number,boolean,null",schema:schema83.additionalProperties.type,parentSchema:schema83.additionalProperties,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/agent_variables",schemaPath:"#/$defs/variables/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema83.type,parentSchema:schema83,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.caller_variables !== undefined){
let data4 = data.caller_variables;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key3 in data4){
const _errs17 = errors;
if(typeof key3 === "string"){
if(!pattern32.test(key3)){
const err9 = {instancePath:instancePath+"/caller_variables",schemaPath:"#/$defs/variables/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_-]+$"},message:"must match pattern \""+"^[A-Za-z0-9_-]+$"+"\"",schema:"^[A-Za-z0-9_-]+$",parentSchema:schema83.propertyNames,data:key3,propertyName:key3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
var valid6 = _errs17 === errors;
if(!valid6){
const err10 = {instancePath:instancePath+"/caller_variables",schemaPath:"#/$defs/variables/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid",schema:schema83.propertyNames,parentSchema:schema83,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
for(const key4 in data4){
let data5 = data4[key4];
if((((typeof data5 !== "string") && (!((typeof data5 == "number") && (isFinite(data5))))) && (typeof data5 !== "boolean")) && (data5 !== null)){
const err11 = {instancePath:instancePath+"/caller_variables/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/variables/additionalProperties/type",keyword:"type",params:{type: schema83.additionalProperties.type},message:"must be string,number,boolean,null",schema:schema83.additionalProperties.type,parentSchema:schema83.additionalProperties,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/caller_variables",schemaPath:"#/$defs/variables/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema83.type,parentSchema:schema83,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema81.type,parentSchema:schema81,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate51.errors = vErrors;
return errors === 0;
}
validate51.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema85 = {"title":"Metric","description":"Something measured in every run that names it. A metric measures; expect and thresholds gate.","type":"object","additionalProperties":false,"properties":{"id":{"title":"Id","description":"The metric's integer id.","$ref":"#/$defs/id","examples":[1]},"name":{"title":"Name","description":"For people. Default: the key.","type":"string","minLength":1,"examples":["Said goodbye"]},"description":{"title":"Description","description":"What it is for.","type":"string","examples":["Whether the agent closed politely."]},"type":{"title":"Type","description":"binary: true or false; numeric: a number; rating: 0..100; enum: one of values.","enum":["binary","numeric","rating","enum"],"examples":["binary"]},"agent_says":{"title":"Agent says","description":"binary: whether a message or turn of the agent is like this.","$ref":"#/$defs/text_matcher","examples":[{"matches":"(?i)good ?bye"}]},"caller_says":{"title":"Caller says","description":"binary: whether a message of the caller is like this.","$ref":"#/$defs/text_matcher","examples":[{"contains":"thanks"}]},"tool_called":{"title":"Tool called","description":"binary: whether the agent called this tool.","$ref":"#/$defs/tool_called","examples":[{"name":"cancel_appointment"}]},"metadata":{"title":"Metadata","description":"A value of the agent's metadata, by JSON Pointer.","type":"string","pattern":"^(/.*)?$","examples":["/intent"]},"builtin":{"title":"Built-in","description":"A measure that Callsheet computes, or one that it has a rubric for, and a judge takes; those need models.judge.","enum":["latency_ms","turns","duration_s","words","repetition","tool_call_success","appropriate_termination","talk_ratio","expected_outcome","relevancy","response_consistency","hallucination","csat","sentiment","topic","dropoff_node","verbosity","unnecessary_repetition","appropriate_termination_by_agent","appropriate_termination_by_caller"],"examples":["latency_ms"]},"statistic":{"title":"Statistic","description":"Of latency_ms, the figure that is the run's value. Default: mean.","enum":["mean","p50","p90","p95","p99","max"],"examples":["p95"]},"judge":{"title":"Judge","description":"A question in plain language. Needs models.judge.","type":"string","minLength":1,"examples":["Was the agent warm without over-apologising?"]},"votes":{"title":"Votes","description":"Of what is judged: how often it is asked; the majority counts, of numbers the median. Default: that of models.judge.","type":"integer","minimum":1,"maximum":15,"examples":[3]},"trigger":{"title":"Trigger","description":"When it has a meaning at all: an assertion, or (of what is judged) a condition in plain language. In other conversations it does not apply: it has no value, and none is missing.","anyOf":[{"title":"In plain language","description":"Asked of the judge, together with the question.","type":"string","minLength":1,"examples":["the caller was upset"]},{"$ref":"#/$defs/assertion"}],"examples":["the caller was upset",{"tool_called":{"name":"cancel_appointment"}}]},"values":{"title":"Values","description":"enum: the possible values.","type":"array","items":{"type":"string","minLength":1},"minItems":2,"uniqueItems":true,"examples":[["book","cancel","other"]]}},"examples":[{"type":"numeric","builtin":"latency_ms"}],"required":["type"]};
const schema87 = {"title":"Text matcher","description":"What a text must be like. Several keys must all hold.","type":"object","additionalProperties":false,"properties":{"contains":{"title":"Contains","description":"The text holds these words, upper and lower case alike.","type":"string","minLength":1,"examples":["cancelled"]},"matches":{"title":"Matches","description":"The text matches this regular expression (RE2 syntax: `(?i)` works, there are no back-references, and matching takes linear time).","type":"string","minLength":1,"examples":["(?i)good ?bye|take care"]},"equals":{"title":"Equals","description":"The text is exactly this, white space at both ends aside.","type":"string","examples":["Goodbye."]},"one_of":{"title":"One of","description":"The text is exactly one of these, white space at both ends aside.","type":"array","items":{"type":"string","minLength":1},"minItems":1,"examples":[["Yes.","No."]]}},"minProperties":1,"examples":[{"contains":"cancelled"}]};
const schema89 = {"title":"Tool called","description":"The agent called this tool.","type":"object","additionalProperties":false,"properties":{"name":{"title":"Name","description":"The tool's name.","type":"string","minLength":1,"examples":["cancel_appointment"]},"arguments":{"title":"Arguments","description":"The call's arguments hold at least these values, objects in depth; arrays must be equal.","type":"object","examples":[{"patient_id":"P-1"}]},"times":{"title":"Times","description":"How many calls match. Default: at least one.","$ref":"#/$defs/count","examples":[1]},"after":{"title":"After","description":"A matching call comes after the first call of this tool.","type":"string","minLength":1,"examples":["look_up_patient"]}},"examples":[{"name":"cancel_appointment","arguments":{"patient_id":"P-1"}}],"required":["name"]};
const schema90 = {"title":"Count","description":"An exact number, or bounds.","anyOf":[{"type":"integer","minimum":0},{"$ref":"#/$defs/bounds"}],"examples":[1,{"min":1,"max":3}]};
const schema91 = {"title":"Bounds","description":"A lower and an upper bound, both inclusive.","type":"object","additionalProperties":false,"properties":{"min":{"title":"Minimum","description":"The value may not be below this.","type":"number","examples":[1]},"max":{"title":"Maximum","description":"The value may not be above this.","type":"number","examples":[2000]}},"minProperties":1,"examples":[{"max":2000}]};

function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate55.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs0 = errors;
let valid0 = false;
const _errs1 = errors;
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,schemaPath:"#/anyOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema90.anyOf[0].type,parentSchema:schema90.anyOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data < 0 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema90.anyOf[0],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs1 === errors;
valid0 = valid0 || _valid0;
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err2 = {instancePath,schemaPath:"#/$defs/bounds/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema91,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "min") || (key0 === "max"))){
const err3 = {instancePath,schemaPath:"#/$defs/bounds/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema91,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.min !== undefined){
let data0 = data.min;
if(!((typeof data0 == "number") && (isFinite(data0)))){
const err4 = {instancePath:instancePath+"/min",schemaPath:"#/$defs/bounds/properties/min/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.min.type,parentSchema:schema91.properties.min,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.max !== undefined){
let data1 = data.max;
if(!((typeof data1 == "number") && (isFinite(data1)))){
const err5 = {instancePath:instancePath+"/max",schemaPath:"#/$defs/bounds/properties/max/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.max.type,parentSchema:schema91.properties.max,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/$defs/bounds/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema91.type,parentSchema:schema91,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs3 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
var props0 = true;
}
if(!valid0){
const err7 = {instancePath,schemaPath:"#/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema90.anyOf,parentSchema:schema90,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate55.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate55.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate54(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate54.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema89.required,parentSchema:schema89,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "name") || (key0 === "arguments")) || (key0 === "times")) || (key0 === "after"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema89,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(data0.length < 1){
const err2 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema89.properties.name,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema89.properties.name.type,parentSchema:schema89.properties.name,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.arguments !== undefined){
let data1 = data.arguments;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err4 = {instancePath:instancePath+"/arguments",schemaPath:"#/properties/arguments/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema89.properties.arguments.type,parentSchema:schema89.properties.arguments,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.times !== undefined){
if(!(validate55(data.times, {instancePath:instancePath+"/times",parentData:data,parentDataProperty:"times",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.after !== undefined){
let data3 = data.after;
if(typeof data3 === "string"){
if(data3.length < 1){
const err5 = {instancePath:instancePath+"/after",schemaPath:"#/properties/after/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema89.properties.after,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/after",schemaPath:"#/properties/after/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema89.properties.after.type,parentSchema:schema89.properties.after,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema89.type,parentSchema:schema89,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate54.errors = vErrors;
return errors === 0;
}
validate54.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema92 = {"title":"Assertion","description":"One thing that must hold; a map with exactly one key.","type":"object","additionalProperties":false,"properties":{"agent_says":{"title":"Agent says","description":"At least one message or turn of the agent is like this.","$ref":"#/$defs/text_matcher","examples":[{"contains":"cancelled"}]},"caller_says":{"title":"Caller says","description":"At least one message of the caller is like this.","$ref":"#/$defs/text_matcher","examples":[{"contains":"Maria"}]},"tool_called":{"title":"Tool called","description":"The agent called this tool.","$ref":"#/$defs/tool_called","examples":[{"name":"cancel_appointment"}]},"metadata":{"title":"Metadata","description":"A value of the metadata that the agent sent.","type":"object","additionalProperties":false,"properties":{"pointer":{"title":"Pointer","description":"Where the value is, a JSON Pointer (RFC 6901).","type":"string","pattern":"^(/.*)?$","examples":["/appointment/status"]},"exists":{"title":"Exists","description":"Whether there is a value at all.","type":"boolean","examples":[true]},"equals":{"title":"Equals","description":"The value is equal to this, in depth.","examples":["cancelled"]},"contains":{"title":"Contains","description":"The text holds these words, upper and lower case alike.","type":"string","minLength":1,"examples":["cancelled"]},"matches":{"title":"Matches","description":"The text matches this regular expression (RE2 syntax: `(?i)` works, there are no back-references, and matching takes linear time).","type":"string","minLength":1,"examples":["(?i)good ?bye|take care"]}},"minProperties":2,"examples":[{"pointer":"/status","equals":"cancelled"}],"required":["pointer"]},"ended_by":{"title":"Ended by","description":"Who ended the conversation; limit means one of Callsheet's own limits did.","enum":["agent","caller","limit"],"examples":["agent"]},"turns":{"title":"Turns","description":"How often the caller spoke.","$ref":"#/$defs/count","examples":[{"max":6}]},"duration":{"title":"Duration","description":"How long the conversation took.","$ref":"#/$defs/duration_bounds","examples":[{"max":"60s"}]},"metric":{"title":"Metric","description":"A metric's value is within bounds.","type":"object","additionalProperties":false,"properties":{"name":{"title":"Name","description":"A metric of the suite, or a built-in one.","type":"string","minLength":1,"examples":["latency_ms"]},"statistic":{"title":"Statistic","description":"Of a metric with many samples in a run, such as latency_ms, the figure to hold against the bounds. Default: the metric's own.","enum":["mean","p50","p90","p95","p99","max"],"examples":["p95"]},"min":{"title":"Minimum","description":"The value may not be below this.","type":"number","examples":[0.8]},"max":{"title":"Maximum","description":"The value may not be above this.","type":"number","examples":[2000]},"equals":{"title":"Equals","description":"The value is this (binary: true or false; enum: one of its values).","type":["boolean","string","number"],"examples":[true]}},"minProperties":2,"examples":[{"name":"latency_ms","max":2000}],"required":["name"]},"not":{"title":"Not","description":"This assertion does not hold.","$ref":"#/$defs/assertion","examples":[{"agent_says":{"contains":"credit card"}}]},"all":{"title":"All","description":"Every one of these assertions holds.","type":"array","items":{"$ref":"#/$defs/assertion"},"minItems":1,"examples":[[{"ended_by":"agent"},{"turns":{"max":6}}]]},"any":{"title":"Any","description":"At least one of these assertions holds.","type":"array","items":{"$ref":"#/$defs/assertion"},"minItems":1,"examples":[[{"ended_by":"agent"},{"ended_by":"caller"}]]}},"minProperties":1,"maxProperties":1,"examples":[{"agent_says":{"contains":"cancelled"}}]};
const schema95 = {"title":"Duration bounds","description":"A shortest and a longest duration, both inclusive.","type":"object","additionalProperties":false,"properties":{"min":{"title":"Shortest","description":"It may not take less.","$ref":"#/$defs/duration","examples":["1s"]},"max":{"title":"Longest","description":"It may not take longer.","$ref":"#/$defs/duration","examples":["60s"]}},"minProperties":1,"examples":[{"max":"60s"}]};

function validate61(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate61.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema95,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "min") || (key0 === "max"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema95,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.min !== undefined){
let data0 = data.min;
if(typeof data0 === "string"){
if(!pattern5.test(data0)){
const err2 = {instancePath:instancePath+"/min",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/min",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.max !== undefined){
let data1 = data.max;
if(typeof data1 === "string"){
if(!pattern5.test(data1)){
const err4 = {instancePath:instancePath+"/max",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/max",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema95.type,parentSchema:schema95,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate61.errors = vErrors;
return errors === 0;
}
validate61.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const wrapper0 = {validate: validate58};

function validate58(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate58.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err0 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties",schema:1,parentSchema:schema92,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema92,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema92.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema92,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.agent_says !== undefined){
let data0 = data.agent_says;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(Object.keys(data0).length < 1){
const err3 = {instancePath:instancePath+"/agent_says",schemaPath:"#/$defs/text_matcher/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema87,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key1 in data0){
if(!((((key1 === "contains") || (key1 === "matches")) || (key1 === "equals")) || (key1 === "one_of"))){
const err4 = {instancePath:instancePath+"/agent_says",schemaPath:"#/$defs/text_matcher/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema87,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data0.contains !== undefined){
let data1 = data0.contains;
if(typeof data1 === "string"){
if(data1.length < 1){
const err5 = {instancePath:instancePath+"/agent_says/contains",schemaPath:"#/$defs/text_matcher/properties/contains/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema87.properties.contains,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/agent_says/contains",schemaPath:"#/$defs/text_matcher/properties/contains/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.contains.type,parentSchema:schema87.properties.contains,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data0.matches !== undefined){
let data2 = data0.matches;
if(typeof data2 === "string"){
if(data2.length < 1){
const err7 = {instancePath:instancePath+"/agent_says/matches",schemaPath:"#/$defs/text_matcher/properties/matches/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema87.properties.matches,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/agent_says/matches",schemaPath:"#/$defs/text_matcher/properties/matches/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.matches.type,parentSchema:schema87.properties.matches,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data0.equals !== undefined){
let data3 = data0.equals;
if(typeof data3 !== "string"){
const err9 = {instancePath:instancePath+"/agent_says/equals",schemaPath:"#/$defs/text_matcher/properties/equals/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.equals.type,parentSchema:schema87.properties.equals,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data0.one_of !== undefined){
let data4 = data0.one_of;
if(Array.isArray(data4)){
if(data4.length < 1){
const err10 = {instancePath:instancePath+"/agent_says/one_of",schemaPath:"#/$defs/text_matcher/properties/one_of/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema87.properties.one_of,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 === "string"){
if(data5.length < 1){
const err11 = {instancePath:instancePath+"/agent_says/one_of/" + i0,schemaPath:"#/$defs/text_matcher/properties/one_of/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema87.properties.one_of.items,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/agent_says/one_of/" + i0,schemaPath:"#/$defs/text_matcher/properties/one_of/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.one_of.items.type,parentSchema:schema87.properties.one_of.items,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/agent_says/one_of",schemaPath:"#/$defs/text_matcher/properties/one_of/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema87.properties.one_of.type,parentSchema:schema87.properties.one_of,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/agent_says",schemaPath:"#/$defs/text_matcher/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema87.type,parentSchema:schema87,data:data0};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.caller_says !== undefined){
let data6 = data.caller_says;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(Object.keys(data6).length < 1){
const err15 = {instancePath:instancePath+"/caller_says",schemaPath:"#/$defs/text_matcher/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema87,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
for(const key2 in data6){
if(!((((key2 === "contains") || (key2 === "matches")) || (key2 === "equals")) || (key2 === "one_of"))){
const err16 = {instancePath:instancePath+"/caller_says",schemaPath:"#/$defs/text_matcher/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema87,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data6.contains !== undefined){
let data7 = data6.contains;
if(typeof data7 === "string"){
if(data7.length < 1){
const err17 = {instancePath:instancePath+"/caller_says/contains",schemaPath:"#/$defs/text_matcher/properties/contains/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema87.properties.contains,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/caller_says/contains",schemaPath:"#/$defs/text_matcher/properties/contains/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.contains.type,parentSchema:schema87.properties.contains,data:data7};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data6.matches !== undefined){
let data8 = data6.matches;
if(typeof data8 === "string"){
if(data8.length < 1){
const err19 = {instancePath:instancePath+"/caller_says/matches",schemaPath:"#/$defs/text_matcher/properties/matches/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema87.properties.matches,data:data8};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/caller_says/matches",schemaPath:"#/$defs/text_matcher/properties/matches/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.matches.type,parentSchema:schema87.properties.matches,data:data8};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data6.equals !== undefined){
let data9 = data6.equals;
if(typeof data9 !== "string"){
const err21 = {instancePath:instancePath+"/caller_says/equals",schemaPath:"#/$defs/text_matcher/properties/equals/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.equals.type,parentSchema:schema87.properties.equals,data:data9};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data6.one_of !== undefined){
let data10 = data6.one_of;
if(Array.isArray(data10)){
if(data10.length < 1){
const err22 = {instancePath:instancePath+"/caller_says/one_of",schemaPath:"#/$defs/text_matcher/properties/one_of/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema87.properties.one_of,data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
let data11 = data10[i1];
if(typeof data11 === "string"){
if(data11.length < 1){
const err23 = {instancePath:instancePath+"/caller_says/one_of/" + i1,schemaPath:"#/$defs/text_matcher/properties/one_of/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema87.properties.one_of.items,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/caller_says/one_of/" + i1,schemaPath:"#/$defs/text_matcher/properties/one_of/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.one_of.items.type,parentSchema:schema87.properties.one_of.items,data:data11};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath:instancePath+"/caller_says/one_of",schemaPath:"#/$defs/text_matcher/properties/one_of/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema87.properties.one_of.type,parentSchema:schema87.properties.one_of,data:data10};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath:instancePath+"/caller_says",schemaPath:"#/$defs/text_matcher/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema87.type,parentSchema:schema87,data:data6};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.tool_called !== undefined){
if(!(validate54(data.tool_called, {instancePath:instancePath+"/tool_called",parentData:data,parentDataProperty:"tool_called",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.metadata !== undefined){
let data13 = data.metadata;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
if(Object.keys(data13).length < 2){
const err27 = {instancePath:instancePath+"/metadata",schemaPath:"#/properties/metadata/minProperties",keyword:"minProperties",params:{limit: 2},message:"must NOT have fewer than 2 properties",schema:2,parentSchema:schema92.properties.metadata,data:data13};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data13.pointer === undefined){
const err28 = {instancePath:instancePath+"/metadata",schemaPath:"#/properties/metadata/required",keyword:"required",params:{missingProperty: "pointer"},message:"must have required property '"+"pointer"+"'",schema:schema92.properties.metadata.required,parentSchema:schema92.properties.metadata,data:data13};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
for(const key3 in data13){
if(!(((((key3 === "pointer") || (key3 === "exists")) || (key3 === "equals")) || (key3 === "contains")) || (key3 === "matches"))){
const err29 = {instancePath:instancePath+"/metadata",schemaPath:"#/properties/metadata/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema92.properties.metadata,data:data13};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data13.pointer !== undefined){
let data14 = data13.pointer;
if(typeof data14 === "string"){
if(!pattern13.test(data14)){
const err30 = {instancePath:instancePath+"/metadata/pointer",schemaPath:"#/properties/metadata/properties/pointer/pattern",keyword:"pattern",params:{pattern: "^(/.*)?$"},message:"must match pattern \""+"^(/.*)?$"+"\"",schema:"^(/.*)?$",parentSchema:schema92.properties.metadata.properties.pointer,data:data14};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/metadata/pointer",schemaPath:"#/properties/metadata/properties/pointer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema92.properties.metadata.properties.pointer.type,parentSchema:schema92.properties.metadata.properties.pointer,data:data14};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data13.exists !== undefined){
let data15 = data13.exists;
if(typeof data15 !== "boolean"){
const err32 = {instancePath:instancePath+"/metadata/exists",schemaPath:"#/properties/metadata/properties/exists/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema92.properties.metadata.properties.exists.type,parentSchema:schema92.properties.metadata.properties.exists,data:data15};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data13.contains !== undefined){
let data16 = data13.contains;
if(typeof data16 === "string"){
if(data16.length < 1){
const err33 = {instancePath:instancePath+"/metadata/contains",schemaPath:"#/properties/metadata/properties/contains/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema92.properties.metadata.properties.contains,data:data16};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/metadata/contains",schemaPath:"#/properties/metadata/properties/contains/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema92.properties.metadata.properties.contains.type,parentSchema:schema92.properties.metadata.properties.contains,data:data16};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data13.matches !== undefined){
let data17 = data13.matches;
if(typeof data17 === "string"){
if(data17.length < 1){
const err35 = {instancePath:instancePath+"/metadata/matches",schemaPath:"#/properties/metadata/properties/matches/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema92.properties.metadata.properties.matches,data:data17};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/metadata/matches",schemaPath:"#/properties/metadata/properties/matches/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema92.properties.metadata.properties.matches.type,parentSchema:schema92.properties.metadata.properties.matches,data:data17};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/metadata",schemaPath:"#/properties/metadata/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema92.properties.metadata.type,parentSchema:schema92.properties.metadata,data:data13};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.ended_by !== undefined){
let data18 = data.ended_by;
if(!(((data18 === "agent") || (data18 === "caller")) || (data18 === "limit"))){
const err38 = {instancePath:instancePath+"/ended_by",schemaPath:"#/properties/ended_by/enum",keyword:"enum",params:{allowedValues: schema92.properties.ended_by.enum},message:"must be equal to one of the allowed values",schema:schema92.properties.ended_by.enum,parentSchema:schema92.properties.ended_by,data:data18};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data.turns !== undefined){
if(!(validate55(data.turns, {instancePath:instancePath+"/turns",parentData:data,parentDataProperty:"turns",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.duration !== undefined){
if(!(validate61(data.duration, {instancePath:instancePath+"/duration",parentData:data,parentDataProperty:"duration",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.metric !== undefined){
let data21 = data.metric;
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
if(Object.keys(data21).length < 2){
const err39 = {instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/minProperties",keyword:"minProperties",params:{limit: 2},message:"must NOT have fewer than 2 properties",schema:2,parentSchema:schema92.properties.metric,data:data21};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(data21.name === undefined){
const err40 = {instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema92.properties.metric.required,parentSchema:schema92.properties.metric,data:data21};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
for(const key4 in data21){
if(!(((((key4 === "name") || (key4 === "statistic")) || (key4 === "min")) || (key4 === "max")) || (key4 === "equals"))){
const err41 = {instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema92.properties.metric,data:data21};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data21.name !== undefined){
let data22 = data21.name;
if(typeof data22 === "string"){
if(data22.length < 1){
const err42 = {instancePath:instancePath+"/metric/name",schemaPath:"#/properties/metric/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema92.properties.metric.properties.name,data:data22};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/metric/name",schemaPath:"#/properties/metric/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema92.properties.metric.properties.name.type,parentSchema:schema92.properties.metric.properties.name,data:data22};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data21.statistic !== undefined){
let data23 = data21.statistic;
if(!((((((data23 === "mean") || (data23 === "p50")) || (data23 === "p90")) || (data23 === "p95")) || (data23 === "p99")) || (data23 === "max"))){
const err44 = {instancePath:instancePath+"/metric/statistic",schemaPath:"#/properties/metric/properties/statistic/enum",keyword:"enum",params:{allowedValues: schema92.properties.metric.properties.statistic.enum},message:"must be equal to one of the allowed values",schema:schema92.properties.metric.properties.statistic.enum,parentSchema:schema92.properties.metric.properties.statistic,data:data23};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data21.min !== undefined){
let data24 = data21.min;
if(!((typeof data24 == "number") && (isFinite(data24)))){
const err45 = {instancePath:instancePath+"/metric/min",schemaPath:"#/properties/metric/properties/min/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema92.properties.metric.properties.min.type,parentSchema:schema92.properties.metric.properties.min,data:data24};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data21.max !== undefined){
let data25 = data21.max;
if(!((typeof data25 == "number") && (isFinite(data25)))){
const err46 = {instancePath:instancePath+"/metric/max",schemaPath:"#/properties/metric/properties/max/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema92.properties.metric.properties.max.type,parentSchema:schema92.properties.metric.properties.max,data:data25};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data21.equals !== undefined){
let data26 = data21.equals;
if(((typeof data26 !== "boolean") && (typeof data26 !== "string")) && (!((typeof data26 == "number") && (isFinite(data26))))){
const err47 = {instancePath:instancePath+"/metric/equals",schemaPath:"#/properties/metric/properties/equals/type",keyword:"type",params:{type: schema92.properties.metric.properties.equals.type},message:"must be boolean,string,number",schema:schema92.properties.metric.properties.equals.type,parentSchema:schema92.properties.metric.properties.equals,data:data26};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
else {
const err48 = {instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema92.properties.metric.type,parentSchema:schema92.properties.metric,data:data21};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data.not !== undefined){
if(!(wrapper0.validate(data.not, {instancePath:instancePath+"/not",parentData:data,parentDataProperty:"not",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
if(data.all !== undefined){
let data28 = data.all;
if(Array.isArray(data28)){
if(data28.length < 1){
const err49 = {instancePath:instancePath+"/all",schemaPath:"#/properties/all/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema92.properties.all,data:data28};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
const len2 = data28.length;
for(let i2=0; i2<len2; i2++){
if(!(wrapper0.validate(data28[i2], {instancePath:instancePath+"/all/" + i2,parentData:data28,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
}
else {
const err50 = {instancePath:instancePath+"/all",schemaPath:"#/properties/all/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema92.properties.all.type,parentSchema:schema92.properties.all,data:data28};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data.any !== undefined){
let data30 = data.any;
if(Array.isArray(data30)){
if(data30.length < 1){
const err51 = {instancePath:instancePath+"/any",schemaPath:"#/properties/any/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema92.properties.any,data:data30};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
const len3 = data30.length;
for(let i3=0; i3<len3; i3++){
if(!(wrapper0.validate(data30[i3], {instancePath:instancePath+"/any/" + i3,parentData:data30,parentDataProperty:i3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
}
else {
const err52 = {instancePath:instancePath+"/any",schemaPath:"#/properties/any/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema92.properties.any.type,parentSchema:schema92.properties.any,data:data30};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
}
else {
const err53 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema92.type,parentSchema:schema92,data};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
validate58.errors = vErrors;
return errors === 0;
}
validate58.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate53.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema85.required,parentSchema:schema85,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema85.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema85,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err2 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/id/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.type,parentSchema:schema51,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 1 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/id/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema51,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 === "string"){
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema85.properties.name,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema85.properties.name.type,parentSchema:schema85.properties.name,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.description !== undefined){
let data2 = data.description;
if(typeof data2 !== "string"){
const err6 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema85.properties.description.type,parentSchema:schema85.properties.description,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.type !== undefined){
let data3 = data.type;
if(!((((data3 === "binary") || (data3 === "numeric")) || (data3 === "rating")) || (data3 === "enum"))){
const err7 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/enum",keyword:"enum",params:{allowedValues: schema85.properties.type.enum},message:"must be equal to one of the allowed values",schema:schema85.properties.type.enum,parentSchema:schema85.properties.type,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.agent_says !== undefined){
let data4 = data.agent_says;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length < 1){
const err8 = {instancePath:instancePath+"/agent_says",schemaPath:"#/$defs/text_matcher/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema87,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key1 in data4){
if(!((((key1 === "contains") || (key1 === "matches")) || (key1 === "equals")) || (key1 === "one_of"))){
const err9 = {instancePath:instancePath+"/agent_says",schemaPath:"#/$defs/text_matcher/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema87,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data4.contains !== undefined){
let data5 = data4.contains;
if(typeof data5 === "string"){
if(data5.length < 1){
const err10 = {instancePath:instancePath+"/agent_says/contains",schemaPath:"#/$defs/text_matcher/properties/contains/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema87.properties.contains,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/agent_says/contains",schemaPath:"#/$defs/text_matcher/properties/contains/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.contains.type,parentSchema:schema87.properties.contains,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data4.matches !== undefined){
let data6 = data4.matches;
if(typeof data6 === "string"){
if(data6.length < 1){
const err12 = {instancePath:instancePath+"/agent_says/matches",schemaPath:"#/$defs/text_matcher/properties/matches/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema87.properties.matches,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/agent_says/matches",schemaPath:"#/$defs/text_matcher/properties/matches/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.matches.type,parentSchema:schema87.properties.matches,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data4.equals !== undefined){
let data7 = data4.equals;
if(typeof data7 !== "string"){
const err14 = {instancePath:instancePath+"/agent_says/equals",schemaPath:"#/$defs/text_matcher/properties/equals/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.equals.type,parentSchema:schema87.properties.equals,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data4.one_of !== undefined){
let data8 = data4.one_of;
if(Array.isArray(data8)){
if(data8.length < 1){
const err15 = {instancePath:instancePath+"/agent_says/one_of",schemaPath:"#/$defs/text_matcher/properties/one_of/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema87.properties.one_of,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
if(typeof data9 === "string"){
if(data9.length < 1){
const err16 = {instancePath:instancePath+"/agent_says/one_of/" + i0,schemaPath:"#/$defs/text_matcher/properties/one_of/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema87.properties.one_of.items,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/agent_says/one_of/" + i0,schemaPath:"#/$defs/text_matcher/properties/one_of/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.one_of.items.type,parentSchema:schema87.properties.one_of.items,data:data9};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/agent_says/one_of",schemaPath:"#/$defs/text_matcher/properties/one_of/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema87.properties.one_of.type,parentSchema:schema87.properties.one_of,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/agent_says",schemaPath:"#/$defs/text_matcher/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema87.type,parentSchema:schema87,data:data4};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.caller_says !== undefined){
let data10 = data.caller_says;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(Object.keys(data10).length < 1){
const err20 = {instancePath:instancePath+"/caller_says",schemaPath:"#/$defs/text_matcher/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema87,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
for(const key2 in data10){
if(!((((key2 === "contains") || (key2 === "matches")) || (key2 === "equals")) || (key2 === "one_of"))){
const err21 = {instancePath:instancePath+"/caller_says",schemaPath:"#/$defs/text_matcher/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema87,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data10.contains !== undefined){
let data11 = data10.contains;
if(typeof data11 === "string"){
if(data11.length < 1){
const err22 = {instancePath:instancePath+"/caller_says/contains",schemaPath:"#/$defs/text_matcher/properties/contains/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema87.properties.contains,data:data11};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/caller_says/contains",schemaPath:"#/$defs/text_matcher/properties/contains/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.contains.type,parentSchema:schema87.properties.contains,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data10.matches !== undefined){
let data12 = data10.matches;
if(typeof data12 === "string"){
if(data12.length < 1){
const err24 = {instancePath:instancePath+"/caller_says/matches",schemaPath:"#/$defs/text_matcher/properties/matches/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema87.properties.matches,data:data12};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/caller_says/matches",schemaPath:"#/$defs/text_matcher/properties/matches/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.matches.type,parentSchema:schema87.properties.matches,data:data12};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data10.equals !== undefined){
let data13 = data10.equals;
if(typeof data13 !== "string"){
const err26 = {instancePath:instancePath+"/caller_says/equals",schemaPath:"#/$defs/text_matcher/properties/equals/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.equals.type,parentSchema:schema87.properties.equals,data:data13};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data10.one_of !== undefined){
let data14 = data10.one_of;
if(Array.isArray(data14)){
if(data14.length < 1){
const err27 = {instancePath:instancePath+"/caller_says/one_of",schemaPath:"#/$defs/text_matcher/properties/one_of/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema87.properties.one_of,data:data14};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
const len1 = data14.length;
for(let i1=0; i1<len1; i1++){
let data15 = data14[i1];
if(typeof data15 === "string"){
if(data15.length < 1){
const err28 = {instancePath:instancePath+"/caller_says/one_of/" + i1,schemaPath:"#/$defs/text_matcher/properties/one_of/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema87.properties.one_of.items,data:data15};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/caller_says/one_of/" + i1,schemaPath:"#/$defs/text_matcher/properties/one_of/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema87.properties.one_of.items.type,parentSchema:schema87.properties.one_of.items,data:data15};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/caller_says/one_of",schemaPath:"#/$defs/text_matcher/properties/one_of/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema87.properties.one_of.type,parentSchema:schema87.properties.one_of,data:data14};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/caller_says",schemaPath:"#/$defs/text_matcher/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema87.type,parentSchema:schema87,data:data10};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.tool_called !== undefined){
if(!(validate54(data.tool_called, {instancePath:instancePath+"/tool_called",parentData:data,parentDataProperty:"tool_called",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.metadata !== undefined){
let data17 = data.metadata;
if(typeof data17 === "string"){
if(!pattern13.test(data17)){
const err32 = {instancePath:instancePath+"/metadata",schemaPath:"#/properties/metadata/pattern",keyword:"pattern",params:{pattern: "^(/.*)?$"},message:"must match pattern \""+"^(/.*)?$"+"\"",schema:"^(/.*)?$",parentSchema:schema85.properties.metadata,data:data17};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/metadata",schemaPath:"#/properties/metadata/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema85.properties.metadata.type,parentSchema:schema85.properties.metadata,data:data17};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data.builtin !== undefined){
let data18 = data.builtin;
if(!((((((((((((((((((((data18 === "latency_ms") || (data18 === "turns")) || (data18 === "duration_s")) || (data18 === "words")) || (data18 === "repetition")) || (data18 === "tool_call_success")) || (data18 === "appropriate_termination")) || (data18 === "talk_ratio")) || (data18 === "expected_outcome")) || (data18 === "relevancy")) || (data18 === "response_consistency")) || (data18 === "hallucination")) || (data18 === "csat")) || (data18 === "sentiment")) || (data18 === "topic")) || (data18 === "dropoff_node")) || (data18 === "verbosity")) || (data18 === "unnecessary_repetition")) || (data18 === "appropriate_termination_by_agent")) || (data18 === "appropriate_termination_by_caller"))){
const err34 = {instancePath:instancePath+"/builtin",schemaPath:"#/properties/builtin/enum",keyword:"enum",params:{allowedValues: schema85.properties.builtin.enum},message:"must be equal to one of the allowed values",schema:schema85.properties.builtin.enum,parentSchema:schema85.properties.builtin,data:data18};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.statistic !== undefined){
let data19 = data.statistic;
if(!((((((data19 === "mean") || (data19 === "p50")) || (data19 === "p90")) || (data19 === "p95")) || (data19 === "p99")) || (data19 === "max"))){
const err35 = {instancePath:instancePath+"/statistic",schemaPath:"#/properties/statistic/enum",keyword:"enum",params:{allowedValues: schema85.properties.statistic.enum},message:"must be equal to one of the allowed values",schema:schema85.properties.statistic.enum,parentSchema:schema85.properties.statistic,data:data19};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.judge !== undefined){
let data20 = data.judge;
if(typeof data20 === "string"){
if(data20.length < 1){
const err36 = {instancePath:instancePath+"/judge",schemaPath:"#/properties/judge/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema85.properties.judge,data:data20};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/judge",schemaPath:"#/properties/judge/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema85.properties.judge.type,parentSchema:schema85.properties.judge,data:data20};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.votes !== undefined){
let data21 = data.votes;
if(!(((typeof data21 == "number") && (!(data21 % 1) && !isNaN(data21))) && (isFinite(data21)))){
const err38 = {instancePath:instancePath+"/votes",schemaPath:"#/properties/votes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema85.properties.votes.type,parentSchema:schema85.properties.votes,data:data21};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if((typeof data21 == "number") && (isFinite(data21))){
if(data21 > 15 || isNaN(data21)){
const err39 = {instancePath:instancePath+"/votes",schemaPath:"#/properties/votes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 15},message:"must be <= 15",schema:15,parentSchema:schema85.properties.votes,data:data21};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(data21 < 1 || isNaN(data21)){
const err40 = {instancePath:instancePath+"/votes",schemaPath:"#/properties/votes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema85.properties.votes,data:data21};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
if(data.trigger !== undefined){
let data22 = data.trigger;
const _errs48 = errors;
let valid10 = false;
const _errs49 = errors;
if(typeof data22 === "string"){
if(data22.length < 1){
const err41 = {instancePath:instancePath+"/trigger",schemaPath:"#/properties/trigger/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema85.properties.trigger.anyOf[0],data:data22};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/trigger",schemaPath:"#/properties/trigger/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema85.properties.trigger.anyOf[0].type,parentSchema:schema85.properties.trigger.anyOf[0],data:data22};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
var _valid0 = _errs49 === errors;
valid10 = valid10 || _valid0;
const _errs51 = errors;
if(!(validate58(data22, {instancePath:instancePath+"/trigger",parentData:data,parentDataProperty:"trigger",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
errors = vErrors.length;
}
var _valid0 = _errs51 === errors;
valid10 = valid10 || _valid0;
if(!valid10){
const err43 = {instancePath:instancePath+"/trigger",schemaPath:"#/properties/trigger/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema85.properties.trigger.anyOf,parentSchema:schema85.properties.trigger,data:data22};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
else {
errors = _errs48;
if(vErrors !== null){
if(_errs48){
vErrors.length = _errs48;
}
else {
vErrors = null;
}
}
}
}
if(data.values !== undefined){
let data23 = data.values;
if(Array.isArray(data23)){
if(data23.length < 2){
const err44 = {instancePath:instancePath+"/values",schemaPath:"#/properties/values/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items",schema:2,parentSchema:schema85.properties.values,data:data23};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
const len2 = data23.length;
for(let i2=0; i2<len2; i2++){
let data24 = data23[i2];
if(typeof data24 === "string"){
if(data24.length < 1){
const err45 = {instancePath:instancePath+"/values/" + i2,schemaPath:"#/properties/values/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema85.properties.values.items,data:data24};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
else {
const err46 = {instancePath:instancePath+"/values/" + i2,schemaPath:"#/properties/values/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema85.properties.values.items.type,parentSchema:schema85.properties.values.items,data:data24};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
let i3 = data23.length;
let j0;
if(i3 > 1){
const indices0 = {};
for(;i3--;){
let item0 = data23[i3];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err47 = {instancePath:instancePath+"/values",schemaPath:"#/properties/values/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i3+" are identical)",schema:true,parentSchema:schema85.properties.values,data:data23};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
break;
}
indices0[item0] = i3;
}
}
}
else {
const err48 = {instancePath:instancePath+"/values",schemaPath:"#/properties/values/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema85.properties.values.type,parentSchema:schema85.properties.values,data:data23};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
else {
const err49 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema85.type,parentSchema:schema85,data};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
validate53.errors = vErrors;
return errors === 0;
}
validate53.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema98 = {"title":"Scenario","description":"A simulated caller and what must come of the call. It has a script, conditional_actions or instructions: exactly one.","type":"object","additionalProperties":false,"properties":{"id":{"title":"Id","description":"The scenario's integer id.","$ref":"#/$defs/id","examples":[101]},"name":{"title":"Name","description":"For people. Default: the key.","type":"string","minLength":1,"examples":["Caller cancels an appointment"]},"description":{"title":"Description","description":"What it is for.","type":"string","examples":["The commonest call."]},"folder":{"title":"Folder","description":"Dotted path. Default: that of the file's folder below its include.","type":"string","pattern":"^[^.]+(\\.[^.]+)*$","examples":["Sales.Inbound"]},"tags":{"$ref":"#/$defs/tags"},"personality":{"title":"Personality","description":"By key or id.","type":["string","integer"],"examples":["calm"]},"test_profile":{"title":"Test profile","description":"By key or id.","type":["string","integer"],"examples":["maria"]},"script":{"$ref":"#/$defs/script"},"conditional_actions":{"$ref":"#/$defs/conditional_actions"},"instructions":{"title":"Instructions","description":"What the caller wants and knows, in plain language. {{test_profile.x}} reads the profile's caller variables. Needs models.caller.","type":"string","minLength":1,"examples":["You were charged twice and want a refund."]},"first_message":{"title":"First message","description":"With instructions: the exact words that the caller opens with; empty when the agent speaks first. Default: the caller finds its own.","type":"string","examples":["I have been charged twice!"]},"expected_outcome":{"title":"Expected outcome","description":"What must have come of it, in plain language: a text, which the judge splits into its claims, or the claims as a list. Needs models.judge.","anyOf":[{"title":"Text","description":"All of it, in a sentence or several.","type":"string","minLength":1,"examples":["The agent verifies the caller and opens a ticket."]},{"title":"Claims","description":"One by one, as they are.","type":"array","items":{"type":"string","minLength":1},"minItems":1,"uniqueItems":true,"examples":[["The agent verifies the caller.","The agent never asks for a card number."]]}],"examples":["The agent verifies the caller and opens a ticket."]},"expect":{"title":"Expect","description":"Assertions; every one must hold.","type":"array","items":{"$ref":"#/$defs/assertion"},"minItems":1,"examples":[[{"agent_says":{"contains":"cancelled"}}]]},"metrics":{"title":"Metrics","description":"Metrics to score, by key; built-in ones by their own name.","type":"array","items":{"type":"string"},"minItems":1,"uniqueItems":true,"examples":[["said_goodbye","latency_ms"]]},"max_turns":{"title":"Max turns","description":"How often the caller may speak. Default: 30.","type":"integer","minimum":1,"maximum":1000,"examples":[12]},"max_duration":{"title":"Max duration","description":"How long the conversation may take. Default: 5m.","$ref":"#/$defs/duration","examples":["120s"]},"idle_timeout":{"title":"Idle timeout","description":"How long the caller waits before it says its idle prompt, three times at most. Default: 10s.","$ref":"#/$defs/duration","examples":["10s"]},"idle_prompt":{"title":"Idle prompt","description":"What the caller says when nothing it waits for comes. Default: Hello, are you still there?","type":"string","minLength":1,"examples":["Are you there?"]},"frequency":{"title":"Frequency","description":"How often it runs. Default: 1; a run entry's own frequency wins.","$ref":"#/$defs/frequency","examples":[3,{"min":3,"max":20,"until":"decided"}]},"thresholds":{"title":"Thresholds","description":"The bar for this scenario.","$ref":"#/$defs/thresholds","examples":[{"pass_rate":1}]}},"examples":[{"script":{"first_message":"Hi."},"expect":[{"agent_says":{"contains":"help"}}]}]};
const schema100 = {"title":"Tags","description":"Free labels to select by.","type":"array","items":{"type":"string","minLength":1},"uniqueItems":true,"examples":[["smoke","cancel"]]};
const schema108 = {"title":"Frequency","description":"How often a case runs: a number, or until its pass rate is decided.","anyOf":[{"title":"Number of runs","description":"So many times.","type":"integer","minimum":1,"maximum":1000000,"examples":[3]},{"title":"Until decided","description":"Until the pass rate that is asked of the case is met or missed at its confidence (0.95 where none is given), by a test that may be looked at after every run. A case that is still undecided after the most runs could not be told.","type":"object","additionalProperties":false,"properties":{"min":{"title":"Fewest runs","description":"Runs that are held in any case. Default: 1.","type":"integer","minimum":1,"maximum":1000000,"examples":[3]},"max":{"title":"Most runs","description":"Runs that are held at the most.","type":"integer","minimum":1,"maximum":1000000,"examples":[20]},"until":{"title":"Until","description":"When to end.","const":"decided","examples":["decided"]}},"required":["max","until"],"examples":[{"min":3,"max":20,"until":"decided"}]}],"examples":[3,{"min":3,"max":20,"until":"decided"}]};
const pattern40 = new RegExp("^[^.]+(\\.[^.]+)*$", "u");
const schema101 = {"title":"Script","description":"A structured test: what the caller says, in order of what it hears. Deterministic, and needs no model, but for its act and says.","type":"object","additionalProperties":false,"properties":{"first_message":{"title":"First message","description":"What the caller opens with; empty when the agent speaks first. Default: empty.","type":"string","examples":["Hi, I need to cancel my appointment."]},"steps":{"title":"Steps","description":"The caller's answers, first match first.","type":"array","items":{"$ref":"#/$defs/step"},"examples":[[{"when":"any","say":"Thanks, bye. <endcall/>"}]]}},"examples":[{"first_message":"Hi.","steps":[{"when":"any","say":"Bye. <endcall/>"}]}]};
const schema102 = {"title":"Step","description":"One thing the caller says, and when. The first step in order that matches and has not been used answers. It has say or act: exactly one.","type":"object","additionalProperties":false,"properties":{"when":{"title":"When","description":"The step answers an agent turn that this holds for.","$ref":"#/$defs/condition","examples":[{"contains":"name"}]},"after":{"title":"After","description":"A follow-up: the turn after the step of this number (the first step is 1), whatever the agent says.","type":"integer","minimum":1,"examples":[2]},"say":{"title":"Say","description":"The exact words; no personality changes them. {{test_profile.x}} reads the profile's caller variables; tags such as <hold time=\"2s\"/>, <dtmf digits=\"12#\"/> and <endcall/> act.","type":"string","minLength":1,"examples":["It's {{test_profile.name}}."]},"act":{"title":"Act","description":"What to say or do, in plain language; the caller finds its own words for it. Tags act as they do in say. Needs models.caller.","type":"string","minLength":1,"examples":["Give your name, but not your date of birth."]},"repeat":{"title":"Repeat","description":"Whether the step may answer more than once. Default: false.","type":"boolean","examples":[true]}},"examples":[{"when":{"contains":"name"},"say":"It's Maria."},{"when":{"says":"The agent asks who is calling"},"act":"Give only your first name."}]};
const schema103 = {"title":"Condition","description":"When a step answers: `any`, or a map whose keys must all hold.","anyOf":[{"const":"any"},{"title":"Condition on what the agent said","description":"Several keys must all hold.","type":"object","additionalProperties":false,"properties":{"contains":{"title":"Contains","description":"The text holds these words, upper and lower case alike.","type":"string","minLength":1,"examples":["cancelled"]},"matches":{"title":"Matches","description":"The text matches this regular expression (RE2 syntax: `(?i)` works, there are no back-references, and matching takes linear time).","type":"string","minLength":1,"examples":["(?i)good ?bye|take care"]},"equals":{"title":"Equals","description":"The text is exactly this, white space at both ends aside.","type":"string","examples":["Goodbye."]},"one_of":{"title":"One of","description":"The text is exactly one of these, white space at both ends aside.","type":"array","items":{"type":"string","minLength":1},"minItems":1,"examples":[["Yes.","No."]]},"says":{"title":"Says","description":"What the agent says, in plain language. Needs models.caller.","type":"string","minLength":1,"examples":["The agent asks for a date of birth"]}},"minProperties":1}],"examples":["any",{"contains":"name"},{"matches":"birth|born"}]};

function validate67(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate67.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "when") || (key0 === "after")) || (key0 === "say")) || (key0 === "act")) || (key0 === "repeat"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema102,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.when !== undefined){
let data0 = data.when;
const _errs4 = errors;
let valid2 = false;
const _errs5 = errors;
if("any" !== data0){
const err1 = {instancePath:instancePath+"/when",schemaPath:"#/$defs/condition/anyOf/0/const",keyword:"const",params:{allowedValue: "any"},message:"must be equal to constant",schema:"any",parentSchema:schema103.anyOf[0],data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs5 === errors;
valid2 = valid2 || _valid0;
const _errs6 = errors;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(Object.keys(data0).length < 1){
const err2 = {instancePath:instancePath+"/when",schemaPath:"#/$defs/condition/anyOf/1/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema103.anyOf[1],data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key1 in data0){
if(!(((((key1 === "contains") || (key1 === "matches")) || (key1 === "equals")) || (key1 === "one_of")) || (key1 === "says"))){
const err3 = {instancePath:instancePath+"/when",schemaPath:"#/$defs/condition/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema103.anyOf[1],data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data0.contains !== undefined){
let data1 = data0.contains;
if(typeof data1 === "string"){
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/when/contains",schemaPath:"#/$defs/condition/anyOf/1/properties/contains/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema103.anyOf[1].properties.contains,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/when/contains",schemaPath:"#/$defs/condition/anyOf/1/properties/contains/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema103.anyOf[1].properties.contains.type,parentSchema:schema103.anyOf[1].properties.contains,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data0.matches !== undefined){
let data2 = data0.matches;
if(typeof data2 === "string"){
if(data2.length < 1){
const err6 = {instancePath:instancePath+"/when/matches",schemaPath:"#/$defs/condition/anyOf/1/properties/matches/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema103.anyOf[1].properties.matches,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/when/matches",schemaPath:"#/$defs/condition/anyOf/1/properties/matches/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema103.anyOf[1].properties.matches.type,parentSchema:schema103.anyOf[1].properties.matches,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data0.equals !== undefined){
let data3 = data0.equals;
if(typeof data3 !== "string"){
const err8 = {instancePath:instancePath+"/when/equals",schemaPath:"#/$defs/condition/anyOf/1/properties/equals/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema103.anyOf[1].properties.equals.type,parentSchema:schema103.anyOf[1].properties.equals,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data0.one_of !== undefined){
let data4 = data0.one_of;
if(Array.isArray(data4)){
if(data4.length < 1){
const err9 = {instancePath:instancePath+"/when/one_of",schemaPath:"#/$defs/condition/anyOf/1/properties/one_of/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema103.anyOf[1].properties.one_of,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 === "string"){
if(data5.length < 1){
const err10 = {instancePath:instancePath+"/when/one_of/" + i0,schemaPath:"#/$defs/condition/anyOf/1/properties/one_of/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema103.anyOf[1].properties.one_of.items,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/when/one_of/" + i0,schemaPath:"#/$defs/condition/anyOf/1/properties/one_of/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema103.anyOf[1].properties.one_of.items.type,parentSchema:schema103.anyOf[1].properties.one_of.items,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/when/one_of",schemaPath:"#/$defs/condition/anyOf/1/properties/one_of/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema103.anyOf[1].properties.one_of.type,parentSchema:schema103.anyOf[1].properties.one_of,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data0.says !== undefined){
let data6 = data0.says;
if(typeof data6 === "string"){
if(data6.length < 1){
const err13 = {instancePath:instancePath+"/when/says",schemaPath:"#/$defs/condition/anyOf/1/properties/says/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema103.anyOf[1].properties.says,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/when/says",schemaPath:"#/$defs/condition/anyOf/1/properties/says/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema103.anyOf[1].properties.says.type,parentSchema:schema103.anyOf[1].properties.says,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
else {
const err15 = {instancePath:instancePath+"/when",schemaPath:"#/$defs/condition/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema103.anyOf[1].type,parentSchema:schema103.anyOf[1],data:data0};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var _valid0 = _errs6 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const err16 = {instancePath:instancePath+"/when",schemaPath:"#/$defs/condition/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema103.anyOf,parentSchema:schema103,data:data0};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
else {
errors = _errs4;
if(vErrors !== null){
if(_errs4){
vErrors.length = _errs4;
}
else {
vErrors = null;
}
}
}
}
if(data.after !== undefined){
let data7 = data.after;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err17 = {instancePath:instancePath+"/after",schemaPath:"#/properties/after/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema102.properties.after.type,parentSchema:schema102.properties.after,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 1 || isNaN(data7)){
const err18 = {instancePath:instancePath+"/after",schemaPath:"#/properties/after/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema102.properties.after,data:data7};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
if(data.say !== undefined){
let data8 = data.say;
if(typeof data8 === "string"){
if(data8.length < 1){
const err19 = {instancePath:instancePath+"/say",schemaPath:"#/properties/say/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema102.properties.say,data:data8};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/say",schemaPath:"#/properties/say/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema102.properties.say.type,parentSchema:schema102.properties.say,data:data8};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.act !== undefined){
let data9 = data.act;
if(typeof data9 === "string"){
if(data9.length < 1){
const err21 = {instancePath:instancePath+"/act",schemaPath:"#/properties/act/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema102.properties.act,data:data9};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/act",schemaPath:"#/properties/act/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema102.properties.act.type,parentSchema:schema102.properties.act,data:data9};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.repeat !== undefined){
let data10 = data.repeat;
if(typeof data10 !== "boolean"){
const err23 = {instancePath:instancePath+"/repeat",schemaPath:"#/properties/repeat/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema102.properties.repeat.type,parentSchema:schema102.properties.repeat,data:data10};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema102.type,parentSchema:schema102,data};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
validate67.errors = vErrors;
return errors === 0;
}
validate67.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate66(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate66.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "first_message") || (key0 === "steps"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema101,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.first_message !== undefined){
let data0 = data.first_message;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/first_message",schemaPath:"#/properties/first_message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema101.properties.first_message.type,parentSchema:schema101.properties.first_message,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.steps !== undefined){
let data1 = data.steps;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate67(data1[i0], {instancePath:instancePath+"/steps/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema101.properties.steps.type,parentSchema:schema101.properties.steps,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema101.type,parentSchema:schema101,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate66.errors = vErrors;
return errors === 0;
}
validate66.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema104 = {"title":"Conditional actions","description":"A structured test in the exact form of the run-scenarios API.","type":"object","additionalProperties":false,"properties":{"role":{"title":"Role","description":"Who the caller is.","type":"string","minLength":1,"examples":["You are Maria, a patient."]},"conditions":{"title":"Conditions","description":"The first has id 0, condition FIRST_MESSAGE and fixed_message true.","type":"array","items":{"$ref":"#/$defs/conditional_action"},"minItems":1,"examples":[[{"id":0,"condition":"FIRST_MESSAGE","action":"Hi.","type":"standard","fixed_message":true}]]}},"examples":[{"role":"You are Maria.","conditions":[{"id":0,"condition":"FIRST_MESSAGE","action":"Hi.","type":"standard","fixed_message":true}]}],"required":["role","conditions"]};
const schema105 = {"title":"Conditional action","description":"One condition and action in the form of the run-scenarios API.","type":"object","additionalProperties":false,"properties":{"id":{"title":"Id","description":"Unique among the conditions; the first is 0.","type":"integer","minimum":0,"examples":[0]},"condition":{"title":"Condition","description":"FIRST_MESSAGE for id 0; the id of an earlier condition for an action_followup; else when to act: contains \"words\" is deterministic, other text is plain language and needs models.caller.","type":["string","integer"],"examples":["FIRST_MESSAGE","contains \"name\"",1]},"action":{"title":"Action","description":"What the caller says (fixed_message: true) or does (false: plain language, needs models.caller).","type":"string","examples":["It's Maria."]},"type":{"title":"Type","description":"standard acts on its condition; action_followup acts on the turn after the condition it refers to, whatever the agent says.","enum":["standard","action_followup"],"examples":["standard"]},"fixed_message":{"title":"Fixed message","description":"Whether the action is the exact words.","type":"boolean","examples":[true]}},"examples":[{"id":0,"condition":"FIRST_MESSAGE","action":"Hi.","type":"standard","fixed_message":true}],"required":["id","condition","action","type","fixed_message"]};

function validate70(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate70.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.role === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "role"},message:"must have required property '"+"role"+"'",schema:schema104.required,parentSchema:schema104,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.conditions === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "conditions"},message:"must have required property '"+"conditions"+"'",schema:schema104.required,parentSchema:schema104,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "role") || (key0 === "conditions"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema104,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.role !== undefined){
let data0 = data.role;
if(typeof data0 === "string"){
if(data0.length < 1){
const err3 = {instancePath:instancePath+"/role",schemaPath:"#/properties/role/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema104.properties.role,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/role",schemaPath:"#/properties/role/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema104.properties.role.type,parentSchema:schema104.properties.role,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.conditions !== undefined){
let data1 = data.conditions;
if(Array.isArray(data1)){
if(data1.length < 1){
const err5 = {instancePath:instancePath+"/conditions",schemaPath:"#/properties/conditions/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema104.properties.conditions,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.id === undefined){
const err6 = {instancePath:instancePath+"/conditions/" + i0,schemaPath:"#/$defs/conditional_action/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'",schema:schema105.required,parentSchema:schema105,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data2.condition === undefined){
const err7 = {instancePath:instancePath+"/conditions/" + i0,schemaPath:"#/$defs/conditional_action/required",keyword:"required",params:{missingProperty: "condition"},message:"must have required property '"+"condition"+"'",schema:schema105.required,parentSchema:schema105,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data2.action === undefined){
const err8 = {instancePath:instancePath+"/conditions/" + i0,schemaPath:"#/$defs/conditional_action/required",keyword:"required",params:{missingProperty: "action"},message:"must have required property '"+"action"+"'",schema:schema105.required,parentSchema:schema105,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data2.type === undefined){
const err9 = {instancePath:instancePath+"/conditions/" + i0,schemaPath:"#/$defs/conditional_action/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema105.required,parentSchema:schema105,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data2.fixed_message === undefined){
const err10 = {instancePath:instancePath+"/conditions/" + i0,schemaPath:"#/$defs/conditional_action/required",keyword:"required",params:{missingProperty: "fixed_message"},message:"must have required property '"+"fixed_message"+"'",schema:schema105.required,parentSchema:schema105,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
for(const key1 in data2){
if(!(((((key1 === "id") || (key1 === "condition")) || (key1 === "action")) || (key1 === "type")) || (key1 === "fixed_message"))){
const err11 = {instancePath:instancePath+"/conditions/" + i0,schemaPath:"#/$defs/conditional_action/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema105,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data2.id !== undefined){
let data3 = data2.id;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err12 = {instancePath:instancePath+"/conditions/" + i0+"/id",schemaPath:"#/$defs/conditional_action/properties/id/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema105.properties.id.type,parentSchema:schema105.properties.id,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
const err13 = {instancePath:instancePath+"/conditions/" + i0+"/id",schemaPath:"#/$defs/conditional_action/properties/id/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema105.properties.id,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
if(data2.condition !== undefined){
let data4 = data2.condition;
if((typeof data4 !== "string") && (!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4))))){
const err14 = {instancePath:instancePath+"/conditions/" + i0+"/condition",schemaPath:"#/$defs/conditional_action/properties/condition/type",keyword:"type",params:{type: schema105.properties.condition.type},message:"must be string,integer",schema:schema105.properties.condition.type,parentSchema:schema105.properties.condition,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data2.action !== undefined){
let data5 = data2.action;
if(typeof data5 !== "string"){
const err15 = {instancePath:instancePath+"/conditions/" + i0+"/action",schemaPath:"#/$defs/conditional_action/properties/action/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema105.properties.action.type,parentSchema:schema105.properties.action,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data2.type !== undefined){
let data6 = data2.type;
if(!((data6 === "standard") || (data6 === "action_followup"))){
const err16 = {instancePath:instancePath+"/conditions/" + i0+"/type",schemaPath:"#/$defs/conditional_action/properties/type/enum",keyword:"enum",params:{allowedValues: schema105.properties.type.enum},message:"must be equal to one of the allowed values",schema:schema105.properties.type.enum,parentSchema:schema105.properties.type,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data2.fixed_message !== undefined){
let data7 = data2.fixed_message;
if(typeof data7 !== "boolean"){
const err17 = {instancePath:instancePath+"/conditions/" + i0+"/fixed_message",schemaPath:"#/$defs/conditional_action/properties/fixed_message/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema105.properties.fixed_message.type,parentSchema:schema105.properties.fixed_message,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/conditions/" + i0,schemaPath:"#/$defs/conditional_action/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema105.type,parentSchema:schema105,data:data2};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/conditions",schemaPath:"#/properties/conditions/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema104.properties.conditions.type,parentSchema:schema104.properties.conditions,data:data1};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema104.type,parentSchema:schema104,data};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
validate70.errors = vErrors;
return errors === 0;
}
validate70.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema109 = {"title":"Thresholds","description":"The bar to clear. What is not given is not asked, but for coverage (1) and, where no pass_rate, each_scenario or all_of is given at all, pass_rate (1).","type":"object","additionalProperties":false,"properties":{"pass_rate":{"title":"Pass rate","description":"The share of runs that must pass.","anyOf":[{"$ref":"#/$defs/pass_rate"},{"title":"Pass rate with confidence","description":"With a confidence the lower end of the Wilson score interval must reach the minimum.","type":"object","additionalProperties":false,"properties":{"min":{"title":"Minimum","description":"The share that must pass.","$ref":"#/$defs/pass_rate","examples":[0.9]},"confidence":{"title":"Confidence","description":"Confidence of the two-sided interval: Wilson's, or of a case that runs until it is decided, that of its test.","type":"number","exclusiveMinimum":0,"exclusiveMaximum":1,"examples":[0.95]}},"examples":[{"min":0.9,"confidence":0.95}],"required":["min"]}],"examples":[0.95,{"min":0.9,"confidence":0.95}]},"each_scenario":{"title":"Each scenario","description":"The bar for every scenario x personality x test profile on its own.","type":"object","additionalProperties":false,"properties":{"pass_rate":{"title":"Pass rate","description":"The share of each one's repeats that must pass.","anyOf":[{"$ref":"#/$defs/pass_rate"},{"title":"Pass rate with confidence","description":"With a confidence the lower end of the Wilson score interval must reach the minimum.","type":"object","additionalProperties":false,"properties":{"min":{"title":"Minimum","description":"The share that must pass.","$ref":"#/$defs/pass_rate","examples":[0.9]},"confidence":{"title":"Confidence","description":"Confidence of the two-sided interval: Wilson's, or of a case that runs until it is decided, that of its test.","type":"number","exclusiveMinimum":0,"exclusiveMaximum":1,"examples":[0.95]}},"examples":[{"min":0.9,"confidence":0.95}],"required":["min"]}],"examples":[0.95,{"min":0.9,"confidence":0.95}]}},"examples":[{"pass_rate":0.66}],"required":["pass_rate"]},"all_of":{"title":"All of (pass^k)","description":"For every scenario x personality x test profile: the chance that k repeats drawn from those held all pass is 1, so at least k ran and none failed.","type":"integer","minimum":1,"examples":[3]},"coverage":{"title":"Coverage","description":"The share of planned runs that must end passed, failed or agent_error; below it the gate could not tell (exit code 3). Default: 1.","$ref":"#/$defs/rate","examples":[1]},"metrics":{"title":"Metrics","description":"Bounds on a metric over all runs, by metric and statistic.","type":"object","additionalProperties":{"title":"Metric bounds","description":"Statistic to bounds. Of a binary metric the mean is the share of true.","type":"object","additionalProperties":false,"properties":{"mean":{"title":"Mean","description":"Bounds on the mean.","$ref":"#/$defs/bounds","examples":[{"max":1200}]},"min":{"title":"Smallest","description":"Bounds on the smallest value.","$ref":"#/$defs/bounds","examples":[{"min":1}]},"max":{"title":"Largest","description":"Bounds on the largest value.","$ref":"#/$defs/bounds","examples":[{"max":5000}]},"p50":{"title":"Median","description":"Bounds on the 50th percentile.","$ref":"#/$defs/bounds","examples":[{"max":800}]},"p90":{"title":"p90","description":"Bounds on the 90th percentile.","$ref":"#/$defs/bounds","examples":[{"max":1500}]},"p95":{"title":"p95","description":"Bounds on the 95th percentile.","$ref":"#/$defs/bounds","examples":[{"max":2000}]},"p99":{"title":"p99","description":"Bounds on the 99th percentile.","$ref":"#/$defs/bounds","examples":[{"max":3000}]}},"minProperties":1},"examples":[{"latency_ms":{"p95":{"max":2000}}}]},"no_regression":{"title":"No regression","description":"Of the suite only: nothing may have got worse since another result, beyond chance. Where that result cannot be read, the gate could not tell.","type":"object","additionalProperties":false,"properties":{"baseline":{"title":"Baseline","description":"Folder of the result to compare with, relative to this file. --baseline on the command line wins.","type":"string","minLength":1,"examples":["../baseline"]},"alpha":{"title":"Alpha","description":"How likely one false alarm in the whole comparison may be. Default: 0.05.","type":"number","exclusiveMinimum":0,"exclusiveMaximum":1,"examples":[0.05]}},"examples":[{"baseline":"../baseline","alpha":0.05}]},"must_pass":{"title":"Must pass","description":"Scenarios that may not fail even once.","type":"object","additionalProperties":false,"properties":{"tags":{"title":"Tags","description":"Scenarios with any of these tags.","type":"array","minItems":1,"items":{"type":"string","minLength":1},"uniqueItems":true,"examples":[["smoke"]]},"scenarios":{"title":"Scenarios","description":"Scenarios by id or key.","type":"array","minItems":1,"items":{"type":["integer","string"]},"examples":[[101,"cancel_appointment"]]}},"minProperties":1,"examples":[{"tags":["smoke"]}]}},"examples":[{"pass_rate":0.95}]};
const schema110 = {"title":"Pass rate","description":"A share above 0, up to 1: a pass rate of 0 could never be missed, so it would gate nothing.","type":"number","exclusiveMinimum":0,"maximum":1,"examples":[0.95]};
const schema114 = {"title":"Rate","description":"A share from 0 to 1.","type":"number","minimum":0,"maximum":1,"examples":[0.95]};

function validate73(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate73.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "pass_rate") || (key0 === "each_scenario")) || (key0 === "all_of")) || (key0 === "coverage")) || (key0 === "metrics")) || (key0 === "no_regression")) || (key0 === "must_pass"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema109,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.pass_rate !== undefined){
let data0 = data.pass_rate;
const _errs3 = errors;
let valid1 = false;
const _errs4 = errors;
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 1 || isNaN(data0)){
const err1 = {instancePath:instancePath+"/pass_rate",schemaPath:"#/$defs/pass_rate/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema110,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data0 <= 0 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/pass_rate",schemaPath:"#/$defs/pass_rate/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema110,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/pass_rate",schemaPath:"#/$defs/pass_rate/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema110.type,parentSchema:schema110,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs4 === errors;
valid1 = valid1 || _valid0;
const _errs7 = errors;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.min === undefined){
const err4 = {instancePath:instancePath+"/pass_rate",schemaPath:"#/properties/pass_rate/anyOf/1/required",keyword:"required",params:{missingProperty: "min"},message:"must have required property '"+"min"+"'",schema:schema109.properties.pass_rate.anyOf[1].required,parentSchema:schema109.properties.pass_rate.anyOf[1],data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key1 in data0){
if(!((key1 === "min") || (key1 === "confidence"))){
const err5 = {instancePath:instancePath+"/pass_rate",schemaPath:"#/properties/pass_rate/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema109.properties.pass_rate.anyOf[1],data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data0.min !== undefined){
let data1 = data0.min;
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/pass_rate/min",schemaPath:"#/$defs/pass_rate/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema110,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data1 <= 0 || isNaN(data1)){
const err7 = {instancePath:instancePath+"/pass_rate/min",schemaPath:"#/$defs/pass_rate/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema110,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/pass_rate/min",schemaPath:"#/$defs/pass_rate/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema110.type,parentSchema:schema110,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data0.confidence !== undefined){
let data2 = data0.confidence;
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 >= 1 || isNaN(data2)){
const err9 = {instancePath:instancePath+"/pass_rate/confidence",schemaPath:"#/properties/pass_rate/anyOf/1/properties/confidence/exclusiveMaximum",keyword:"exclusiveMaximum",params:{comparison: "<", limit: 1},message:"must be < 1",schema:1,parentSchema:schema109.properties.pass_rate.anyOf[1].properties.confidence,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data2 <= 0 || isNaN(data2)){
const err10 = {instancePath:instancePath+"/pass_rate/confidence",schemaPath:"#/properties/pass_rate/anyOf/1/properties/confidence/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema109.properties.pass_rate.anyOf[1].properties.confidence,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/pass_rate/confidence",schemaPath:"#/properties/pass_rate/anyOf/1/properties/confidence/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema109.properties.pass_rate.anyOf[1].properties.confidence.type,parentSchema:schema109.properties.pass_rate.anyOf[1].properties.confidence,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/pass_rate",schemaPath:"#/properties/pass_rate/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema109.properties.pass_rate.anyOf[1].type,parentSchema:schema109.properties.pass_rate.anyOf[1],data:data0};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
var _valid0 = _errs7 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const err13 = {instancePath:instancePath+"/pass_rate",schemaPath:"#/properties/pass_rate/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema109.properties.pass_rate.anyOf,parentSchema:schema109.properties.pass_rate,data:data0};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
else {
errors = _errs3;
if(vErrors !== null){
if(_errs3){
vErrors.length = _errs3;
}
else {
vErrors = null;
}
}
}
}
if(data.each_scenario !== undefined){
let data3 = data.each_scenario;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.pass_rate === undefined){
const err14 = {instancePath:instancePath+"/each_scenario",schemaPath:"#/properties/each_scenario/required",keyword:"required",params:{missingProperty: "pass_rate"},message:"must have required property '"+"pass_rate"+"'",schema:schema109.properties.each_scenario.required,parentSchema:schema109.properties.each_scenario,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
for(const key2 in data3){
if(!(key2 === "pass_rate")){
const err15 = {instancePath:instancePath+"/each_scenario",schemaPath:"#/properties/each_scenario/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema109.properties.each_scenario,data:data3};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data3.pass_rate !== undefined){
let data4 = data3.pass_rate;
const _errs19 = errors;
let valid6 = false;
const _errs20 = errors;
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 1 || isNaN(data4)){
const err16 = {instancePath:instancePath+"/each_scenario/pass_rate",schemaPath:"#/$defs/pass_rate/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema110,data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data4 <= 0 || isNaN(data4)){
const err17 = {instancePath:instancePath+"/each_scenario/pass_rate",schemaPath:"#/$defs/pass_rate/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema110,data:data4};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/each_scenario/pass_rate",schemaPath:"#/$defs/pass_rate/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema110.type,parentSchema:schema110,data:data4};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var _valid1 = _errs20 === errors;
valid6 = valid6 || _valid1;
const _errs23 = errors;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.min === undefined){
const err19 = {instancePath:instancePath+"/each_scenario/pass_rate",schemaPath:"#/properties/each_scenario/properties/pass_rate/anyOf/1/required",keyword:"required",params:{missingProperty: "min"},message:"must have required property '"+"min"+"'",schema:schema109.properties.each_scenario.properties.pass_rate.anyOf[1].required,parentSchema:schema109.properties.each_scenario.properties.pass_rate.anyOf[1],data:data4};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
for(const key3 in data4){
if(!((key3 === "min") || (key3 === "confidence"))){
const err20 = {instancePath:instancePath+"/each_scenario/pass_rate",schemaPath:"#/properties/each_scenario/properties/pass_rate/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema109.properties.each_scenario.properties.pass_rate.anyOf[1],data:data4};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data4.min !== undefined){
let data5 = data4.min;
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 1 || isNaN(data5)){
const err21 = {instancePath:instancePath+"/each_scenario/pass_rate/min",schemaPath:"#/$defs/pass_rate/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema110,data:data5};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data5 <= 0 || isNaN(data5)){
const err22 = {instancePath:instancePath+"/each_scenario/pass_rate/min",schemaPath:"#/$defs/pass_rate/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema110,data:data5};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/each_scenario/pass_rate/min",schemaPath:"#/$defs/pass_rate/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema110.type,parentSchema:schema110,data:data5};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data4.confidence !== undefined){
let data6 = data4.confidence;
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 >= 1 || isNaN(data6)){
const err24 = {instancePath:instancePath+"/each_scenario/pass_rate/confidence",schemaPath:"#/properties/each_scenario/properties/pass_rate/anyOf/1/properties/confidence/exclusiveMaximum",keyword:"exclusiveMaximum",params:{comparison: "<", limit: 1},message:"must be < 1",schema:1,parentSchema:schema109.properties.each_scenario.properties.pass_rate.anyOf[1].properties.confidence,data:data6};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data6 <= 0 || isNaN(data6)){
const err25 = {instancePath:instancePath+"/each_scenario/pass_rate/confidence",schemaPath:"#/properties/each_scenario/properties/pass_rate/anyOf/1/properties/confidence/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema109.properties.each_scenario.properties.pass_rate.anyOf[1].properties.confidence,data:data6};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/each_scenario/pass_rate/confidence",schemaPath:"#/properties/each_scenario/properties/pass_rate/anyOf/1/properties/confidence/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema109.properties.each_scenario.properties.pass_rate.anyOf[1].properties.confidence.type,parentSchema:schema109.properties.each_scenario.properties.pass_rate.anyOf[1].properties.confidence,data:data6};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath:instancePath+"/each_scenario/pass_rate",schemaPath:"#/properties/each_scenario/properties/pass_rate/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema109.properties.each_scenario.properties.pass_rate.anyOf[1].type,parentSchema:schema109.properties.each_scenario.properties.pass_rate.anyOf[1],data:data4};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
var _valid1 = _errs23 === errors;
valid6 = valid6 || _valid1;
if(!valid6){
const err28 = {instancePath:instancePath+"/each_scenario/pass_rate",schemaPath:"#/properties/each_scenario/properties/pass_rate/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema109.properties.each_scenario.properties.pass_rate.anyOf,parentSchema:schema109.properties.each_scenario.properties.pass_rate,data:data4};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
else {
errors = _errs19;
if(vErrors !== null){
if(_errs19){
vErrors.length = _errs19;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err29 = {instancePath:instancePath+"/each_scenario",schemaPath:"#/properties/each_scenario/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema109.properties.each_scenario.type,parentSchema:schema109.properties.each_scenario,data:data3};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.all_of !== undefined){
let data7 = data.all_of;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err30 = {instancePath:instancePath+"/all_of",schemaPath:"#/properties/all_of/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema109.properties.all_of.type,parentSchema:schema109.properties.all_of,data:data7};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 1 || isNaN(data7)){
const err31 = {instancePath:instancePath+"/all_of",schemaPath:"#/properties/all_of/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema109.properties.all_of,data:data7};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
if(data.coverage !== undefined){
let data8 = data.coverage;
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 1 || isNaN(data8)){
const err32 = {instancePath:instancePath+"/coverage",schemaPath:"#/$defs/rate/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema114,data:data8};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data8 < 0 || isNaN(data8)){
const err33 = {instancePath:instancePath+"/coverage",schemaPath:"#/$defs/rate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema114,data:data8};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/coverage",schemaPath:"#/$defs/rate/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema114.type,parentSchema:schema114,data:data8};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.metrics !== undefined){
let data9 = data.metrics;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key4 in data9){
let data10 = data9[key4];
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(Object.keys(data10).length < 1){
const err35 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/metrics/additionalProperties/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema109.properties.metrics.additionalProperties,data:data10};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
for(const key5 in data10){
if(!(((((((key5 === "mean") || (key5 === "min")) || (key5 === "max")) || (key5 === "p50")) || (key5 === "p90")) || (key5 === "p95")) || (key5 === "p99"))){
const err36 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/metrics/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema109.properties.metrics.additionalProperties,data:data10};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data10.mean !== undefined){
let data11 = data10.mean;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(Object.keys(data11).length < 1){
const err37 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/mean",schemaPath:"#/$defs/bounds/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema91,data:data11};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
for(const key6 in data11){
if(!((key6 === "min") || (key6 === "max"))){
const err38 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/mean",schemaPath:"#/$defs/bounds/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema91,data:data11};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data11.min !== undefined){
let data12 = data11.min;
if(!((typeof data12 == "number") && (isFinite(data12)))){
const err39 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/mean/min",schemaPath:"#/$defs/bounds/properties/min/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.min.type,parentSchema:schema91.properties.min,data:data12};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data11.max !== undefined){
let data13 = data11.max;
if(!((typeof data13 == "number") && (isFinite(data13)))){
const err40 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/mean/max",schemaPath:"#/$defs/bounds/properties/max/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.max.type,parentSchema:schema91.properties.max,data:data13};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
else {
const err41 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/mean",schemaPath:"#/$defs/bounds/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema91.type,parentSchema:schema91,data:data11};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data10.min !== undefined){
let data14 = data10.min;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(Object.keys(data14).length < 1){
const err42 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/min",schemaPath:"#/$defs/bounds/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema91,data:data14};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
for(const key7 in data14){
if(!((key7 === "min") || (key7 === "max"))){
const err43 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/min",schemaPath:"#/$defs/bounds/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema91,data:data14};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data14.min !== undefined){
let data15 = data14.min;
if(!((typeof data15 == "number") && (isFinite(data15)))){
const err44 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/min/min",schemaPath:"#/$defs/bounds/properties/min/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.min.type,parentSchema:schema91.properties.min,data:data15};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data14.max !== undefined){
let data16 = data14.max;
if(!((typeof data16 == "number") && (isFinite(data16)))){
const err45 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/min/max",schemaPath:"#/$defs/bounds/properties/max/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.max.type,parentSchema:schema91.properties.max,data:data16};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
else {
const err46 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/min",schemaPath:"#/$defs/bounds/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema91.type,parentSchema:schema91,data:data14};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data10.max !== undefined){
let data17 = data10.max;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(Object.keys(data17).length < 1){
const err47 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/max",schemaPath:"#/$defs/bounds/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema91,data:data17};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
for(const key8 in data17){
if(!((key8 === "min") || (key8 === "max"))){
const err48 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/max",schemaPath:"#/$defs/bounds/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema91,data:data17};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data17.min !== undefined){
let data18 = data17.min;
if(!((typeof data18 == "number") && (isFinite(data18)))){
const err49 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/max/min",schemaPath:"#/$defs/bounds/properties/min/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.min.type,parentSchema:schema91.properties.min,data:data18};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data17.max !== undefined){
let data19 = data17.max;
if(!((typeof data19 == "number") && (isFinite(data19)))){
const err50 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/max/max",schemaPath:"#/$defs/bounds/properties/max/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.max.type,parentSchema:schema91.properties.max,data:data19};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/max",schemaPath:"#/$defs/bounds/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema91.type,parentSchema:schema91,data:data17};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data10.p50 !== undefined){
let data20 = data10.p50;
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
if(Object.keys(data20).length < 1){
const err52 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p50",schemaPath:"#/$defs/bounds/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema91,data:data20};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
for(const key9 in data20){
if(!((key9 === "min") || (key9 === "max"))){
const err53 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p50",schemaPath:"#/$defs/bounds/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties",schema:false,parentSchema:schema91,data:data20};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data20.min !== undefined){
let data21 = data20.min;
if(!((typeof data21 == "number") && (isFinite(data21)))){
const err54 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p50/min",schemaPath:"#/$defs/bounds/properties/min/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.min.type,parentSchema:schema91.properties.min,data:data21};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data20.max !== undefined){
let data22 = data20.max;
if(!((typeof data22 == "number") && (isFinite(data22)))){
const err55 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p50/max",schemaPath:"#/$defs/bounds/properties/max/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.max.type,parentSchema:schema91.properties.max,data:data22};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
}
else {
const err56 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p50",schemaPath:"#/$defs/bounds/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema91.type,parentSchema:schema91,data:data20};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data10.p90 !== undefined){
let data23 = data10.p90;
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
if(Object.keys(data23).length < 1){
const err57 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p90",schemaPath:"#/$defs/bounds/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema91,data:data23};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
for(const key10 in data23){
if(!((key10 === "min") || (key10 === "max"))){
const err58 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p90",schemaPath:"#/$defs/bounds/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties",schema:false,parentSchema:schema91,data:data23};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data23.min !== undefined){
let data24 = data23.min;
if(!((typeof data24 == "number") && (isFinite(data24)))){
const err59 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p90/min",schemaPath:"#/$defs/bounds/properties/min/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.min.type,parentSchema:schema91.properties.min,data:data24};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data23.max !== undefined){
let data25 = data23.max;
if(!((typeof data25 == "number") && (isFinite(data25)))){
const err60 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p90/max",schemaPath:"#/$defs/bounds/properties/max/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.max.type,parentSchema:schema91.properties.max,data:data25};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
}
else {
const err61 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p90",schemaPath:"#/$defs/bounds/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema91.type,parentSchema:schema91,data:data23};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data10.p95 !== undefined){
let data26 = data10.p95;
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
if(Object.keys(data26).length < 1){
const err62 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p95",schemaPath:"#/$defs/bounds/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema91,data:data26};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
for(const key11 in data26){
if(!((key11 === "min") || (key11 === "max"))){
const err63 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p95",schemaPath:"#/$defs/bounds/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties",schema:false,parentSchema:schema91,data:data26};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data26.min !== undefined){
let data27 = data26.min;
if(!((typeof data27 == "number") && (isFinite(data27)))){
const err64 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p95/min",schemaPath:"#/$defs/bounds/properties/min/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.min.type,parentSchema:schema91.properties.min,data:data27};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data26.max !== undefined){
let data28 = data26.max;
if(!((typeof data28 == "number") && (isFinite(data28)))){
const err65 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p95/max",schemaPath:"#/$defs/bounds/properties/max/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.max.type,parentSchema:schema91.properties.max,data:data28};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
}
else {
const err66 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p95",schemaPath:"#/$defs/bounds/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema91.type,parentSchema:schema91,data:data26};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data10.p99 !== undefined){
let data29 = data10.p99;
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
if(Object.keys(data29).length < 1){
const err67 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p99",schemaPath:"#/$defs/bounds/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema91,data:data29};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
for(const key12 in data29){
if(!((key12 === "min") || (key12 === "max"))){
const err68 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p99",schemaPath:"#/$defs/bounds/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties",schema:false,parentSchema:schema91,data:data29};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data29.min !== undefined){
let data30 = data29.min;
if(!((typeof data30 == "number") && (isFinite(data30)))){
const err69 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p99/min",schemaPath:"#/$defs/bounds/properties/min/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.min.type,parentSchema:schema91.properties.min,data:data30};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data29.max !== undefined){
let data31 = data29.max;
if(!((typeof data31 == "number") && (isFinite(data31)))){
const err70 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p99/max",schemaPath:"#/$defs/bounds/properties/max/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema91.properties.max.type,parentSchema:schema91.properties.max,data:data31};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
}
else {
const err71 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/p99",schemaPath:"#/$defs/bounds/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema91.type,parentSchema:schema91,data:data29};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
}
else {
const err72 = {instancePath:instancePath+"/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/metrics/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema109.properties.metrics.additionalProperties.type,parentSchema:schema109.properties.metrics.additionalProperties,data:data10};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
else {
const err73 = {instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema109.properties.metrics.type,parentSchema:schema109.properties.metrics,data:data9};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data.no_regression !== undefined){
let data32 = data.no_regression;
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
for(const key13 in data32){
if(!((key13 === "baseline") || (key13 === "alpha"))){
const err74 = {instancePath:instancePath+"/no_regression",schemaPath:"#/properties/no_regression/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13},message:"must NOT have additional properties",schema:false,parentSchema:schema109.properties.no_regression,data:data32};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data32.baseline !== undefined){
let data33 = data32.baseline;
if(typeof data33 === "string"){
if(data33.length < 1){
const err75 = {instancePath:instancePath+"/no_regression/baseline",schemaPath:"#/properties/no_regression/properties/baseline/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema109.properties.no_regression.properties.baseline,data:data33};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
else {
const err76 = {instancePath:instancePath+"/no_regression/baseline",schemaPath:"#/properties/no_regression/properties/baseline/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema109.properties.no_regression.properties.baseline.type,parentSchema:schema109.properties.no_regression.properties.baseline,data:data33};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data32.alpha !== undefined){
let data34 = data32.alpha;
if((typeof data34 == "number") && (isFinite(data34))){
if(data34 >= 1 || isNaN(data34)){
const err77 = {instancePath:instancePath+"/no_regression/alpha",schemaPath:"#/properties/no_regression/properties/alpha/exclusiveMaximum",keyword:"exclusiveMaximum",params:{comparison: "<", limit: 1},message:"must be < 1",schema:1,parentSchema:schema109.properties.no_regression.properties.alpha,data:data34};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if(data34 <= 0 || isNaN(data34)){
const err78 = {instancePath:instancePath+"/no_regression/alpha",schemaPath:"#/properties/no_regression/properties/alpha/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema109.properties.no_regression.properties.alpha,data:data34};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
else {
const err79 = {instancePath:instancePath+"/no_regression/alpha",schemaPath:"#/properties/no_regression/properties/alpha/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema109.properties.no_regression.properties.alpha.type,parentSchema:schema109.properties.no_regression.properties.alpha,data:data34};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
}
else {
const err80 = {instancePath:instancePath+"/no_regression",schemaPath:"#/properties/no_regression/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema109.properties.no_regression.type,parentSchema:schema109.properties.no_regression,data:data32};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data.must_pass !== undefined){
let data35 = data.must_pass;
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
if(Object.keys(data35).length < 1){
const err81 = {instancePath:instancePath+"/must_pass",schemaPath:"#/properties/must_pass/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema109.properties.must_pass,data:data35};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
for(const key14 in data35){
if(!((key14 === "tags") || (key14 === "scenarios"))){
const err82 = {instancePath:instancePath+"/must_pass",schemaPath:"#/properties/must_pass/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key14},message:"must NOT have additional properties",schema:false,parentSchema:schema109.properties.must_pass,data:data35};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
if(data35.tags !== undefined){
let data36 = data35.tags;
if(Array.isArray(data36)){
if(data36.length < 1){
const err83 = {instancePath:instancePath+"/must_pass/tags",schemaPath:"#/properties/must_pass/properties/tags/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema109.properties.must_pass.properties.tags,data:data36};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
const len0 = data36.length;
for(let i0=0; i0<len0; i0++){
let data37 = data36[i0];
if(typeof data37 === "string"){
if(data37.length < 1){
const err84 = {instancePath:instancePath+"/must_pass/tags/" + i0,schemaPath:"#/properties/must_pass/properties/tags/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema109.properties.must_pass.properties.tags.items,data:data37};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
else {
const err85 = {instancePath:instancePath+"/must_pass/tags/" + i0,schemaPath:"#/properties/must_pass/properties/tags/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema109.properties.must_pass.properties.tags.items.type,parentSchema:schema109.properties.must_pass.properties.tags.items,data:data37};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
let i1 = data36.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data36[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err86 = {instancePath:instancePath+"/must_pass/tags",schemaPath:"#/properties/must_pass/properties/tags/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema109.properties.must_pass.properties.tags,data:data36};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err87 = {instancePath:instancePath+"/must_pass/tags",schemaPath:"#/properties/must_pass/properties/tags/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema109.properties.must_pass.properties.tags.type,parentSchema:schema109.properties.must_pass.properties.tags,data:data36};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
if(data35.scenarios !== undefined){
let data38 = data35.scenarios;
if(Array.isArray(data38)){
if(data38.length < 1){
const err88 = {instancePath:instancePath+"/must_pass/scenarios",schemaPath:"#/properties/must_pass/properties/scenarios/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema109.properties.must_pass.properties.scenarios,data:data38};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
const len1 = data38.length;
for(let i2=0; i2<len1; i2++){
let data39 = data38[i2];
if((!(((typeof data39 == "number") && (!(data39 % 1) && !isNaN(data39))) && (isFinite(data39)))) && (typeof data39 !== "string")){
const err89 = {instancePath:instancePath+"/must_pass/scenarios/" + i2,schemaPath:"#/properties/must_pass/properties/scenarios/items/type",keyword:"type",params:{type: schema109.properties.must_pass.properties.scenarios.items.type},message:"must be integer,string",schema:schema109.properties.must_pass.properties.scenarios.items.type,parentSchema:schema109.properties.must_pass.properties.scenarios.items,data:data39};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
}
else {
const err90 = {instancePath:instancePath+"/must_pass/scenarios",schemaPath:"#/properties/must_pass/properties/scenarios/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema109.properties.must_pass.properties.scenarios.type,parentSchema:schema109.properties.must_pass.properties.scenarios,data:data38};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
}
else {
const err91 = {instancePath:instancePath+"/must_pass",schemaPath:"#/properties/must_pass/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema109.properties.must_pass.type,parentSchema:schema109.properties.must_pass,data:data35};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
}
else {
const err92 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema109.type,parentSchema:schema109,data};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
validate73.errors = vErrors;
return errors === 0;
}
validate73.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate65(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate65.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema98.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema98,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/id/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.type,parentSchema:schema51,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 1 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/id/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema51,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 === "string"){
if(data1.length < 1){
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema98.properties.name,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema98.properties.name.type,parentSchema:schema98.properties.name,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.description !== undefined){
let data2 = data.description;
if(typeof data2 !== "string"){
const err5 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema98.properties.description.type,parentSchema:schema98.properties.description,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.folder !== undefined){
let data3 = data.folder;
if(typeof data3 === "string"){
if(!pattern40.test(data3)){
const err6 = {instancePath:instancePath+"/folder",schemaPath:"#/properties/folder/pattern",keyword:"pattern",params:{pattern: "^[^.]+(\\.[^.]+)*$"},message:"must match pattern \""+"^[^.]+(\\.[^.]+)*$"+"\"",schema:"^[^.]+(\\.[^.]+)*$",parentSchema:schema98.properties.folder,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/folder",schemaPath:"#/properties/folder/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema98.properties.folder.type,parentSchema:schema98.properties.folder,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.tags !== undefined){
let data4 = data.tags;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 === "string"){
if(data5.length < 1){
const err8 = {instancePath:instancePath+"/tags/" + i0,schemaPath:"#/$defs/tags/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema100.items,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/tags/" + i0,schemaPath:"#/$defs/tags/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema100.items.type,parentSchema:schema100.items,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
let i1 = data4.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data4[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err10 = {instancePath:instancePath+"/tags",schemaPath:"#/$defs/tags/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema100,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err11 = {instancePath:instancePath+"/tags",schemaPath:"#/$defs/tags/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema100.type,parentSchema:schema100,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.personality !== undefined){
let data6 = data.personality;
if((typeof data6 !== "string") && (!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6))))){
const err12 = {instancePath:instancePath+"/personality",schemaPath:"#/properties/personality/type",keyword:"type",params:{type: schema98.properties.personality.type},message:"must be string,integer",schema:schema98.properties.personality.type,parentSchema:schema98.properties.personality,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.test_profile !== undefined){
let data7 = data.test_profile;
if((typeof data7 !== "string") && (!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7))))){
const err13 = {instancePath:instancePath+"/test_profile",schemaPath:"#/properties/test_profile/type",keyword:"type",params:{type: schema98.properties.test_profile.type},message:"must be string,integer",schema:schema98.properties.test_profile.type,parentSchema:schema98.properties.test_profile,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.script !== undefined){
if(!(validate66(data.script, {instancePath:instancePath+"/script",parentData:data,parentDataProperty:"script",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
if(data.conditional_actions !== undefined){
if(!(validate70(data.conditional_actions, {instancePath:instancePath+"/conditional_actions",parentData:data,parentDataProperty:"conditional_actions",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data.instructions !== undefined){
let data10 = data.instructions;
if(typeof data10 === "string"){
if(data10.length < 1){
const err14 = {instancePath:instancePath+"/instructions",schemaPath:"#/properties/instructions/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema98.properties.instructions,data:data10};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/instructions",schemaPath:"#/properties/instructions/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema98.properties.instructions.type,parentSchema:schema98.properties.instructions,data:data10};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.first_message !== undefined){
let data11 = data.first_message;
if(typeof data11 !== "string"){
const err16 = {instancePath:instancePath+"/first_message",schemaPath:"#/properties/first_message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema98.properties.first_message.type,parentSchema:schema98.properties.first_message,data:data11};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.expected_outcome !== undefined){
let data12 = data.expected_outcome;
const _errs27 = errors;
let valid6 = false;
const _errs28 = errors;
if(typeof data12 === "string"){
if(data12.length < 1){
const err17 = {instancePath:instancePath+"/expected_outcome",schemaPath:"#/properties/expected_outcome/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema98.properties.expected_outcome.anyOf[0],data:data12};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/expected_outcome",schemaPath:"#/properties/expected_outcome/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema98.properties.expected_outcome.anyOf[0].type,parentSchema:schema98.properties.expected_outcome.anyOf[0],data:data12};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var _valid0 = _errs28 === errors;
valid6 = valid6 || _valid0;
const _errs30 = errors;
if(Array.isArray(data12)){
if(data12.length < 1){
const err19 = {instancePath:instancePath+"/expected_outcome",schemaPath:"#/properties/expected_outcome/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema98.properties.expected_outcome.anyOf[1],data:data12};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
const len1 = data12.length;
for(let i2=0; i2<len1; i2++){
let data13 = data12[i2];
if(typeof data13 === "string"){
if(data13.length < 1){
const err20 = {instancePath:instancePath+"/expected_outcome/" + i2,schemaPath:"#/properties/expected_outcome/anyOf/1/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema98.properties.expected_outcome.anyOf[1].items,data:data13};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/expected_outcome/" + i2,schemaPath:"#/properties/expected_outcome/anyOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema98.properties.expected_outcome.anyOf[1].items.type,parentSchema:schema98.properties.expected_outcome.anyOf[1].items,data:data13};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
let i3 = data12.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data12[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err22 = {instancePath:instancePath+"/expected_outcome",schemaPath:"#/properties/expected_outcome/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i3+" are identical)",schema:true,parentSchema:schema98.properties.expected_outcome.anyOf[1],data:data12};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
const err23 = {instancePath:instancePath+"/expected_outcome",schemaPath:"#/properties/expected_outcome/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema98.properties.expected_outcome.anyOf[1].type,parentSchema:schema98.properties.expected_outcome.anyOf[1],data:data12};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
var _valid0 = _errs30 === errors;
valid6 = valid6 || _valid0;
if(!valid6){
const err24 = {instancePath:instancePath+"/expected_outcome",schemaPath:"#/properties/expected_outcome/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema98.properties.expected_outcome.anyOf,parentSchema:schema98.properties.expected_outcome,data:data12};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
else {
errors = _errs27;
if(vErrors !== null){
if(_errs27){
vErrors.length = _errs27;
}
else {
vErrors = null;
}
}
}
}
if(data.expect !== undefined){
let data14 = data.expect;
if(Array.isArray(data14)){
if(data14.length < 1){
const err25 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema98.properties.expect,data:data14};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
const len2 = data14.length;
for(let i4=0; i4<len2; i4++){
if(!(validate58(data14[i4], {instancePath:instancePath+"/expect/" + i4,parentData:data14,parentDataProperty:i4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
errors = vErrors.length;
}
}
}
else {
const err26 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema98.properties.expect.type,parentSchema:schema98.properties.expect,data:data14};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.metrics !== undefined){
let data16 = data.metrics;
if(Array.isArray(data16)){
if(data16.length < 1){
const err27 = {instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema98.properties.metrics,data:data16};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
const len3 = data16.length;
for(let i5=0; i5<len3; i5++){
let data17 = data16[i5];
if(typeof data17 !== "string"){
const err28 = {instancePath:instancePath+"/metrics/" + i5,schemaPath:"#/properties/metrics/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema98.properties.metrics.items.type,parentSchema:schema98.properties.metrics.items,data:data17};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
let i6 = data16.length;
let j2;
if(i6 > 1){
const indices2 = {};
for(;i6--;){
let item2 = data16[i6];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
const err29 = {instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/uniqueItems",keyword:"uniqueItems",params:{i: i6, j: j2},message:"must NOT have duplicate items (items ## "+j2+" and "+i6+" are identical)",schema:true,parentSchema:schema98.properties.metrics,data:data16};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
break;
}
indices2[item2] = i6;
}
}
}
else {
const err30 = {instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema98.properties.metrics.type,parentSchema:schema98.properties.metrics,data:data16};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.max_turns !== undefined){
let data18 = data.max_turns;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
const err31 = {instancePath:instancePath+"/max_turns",schemaPath:"#/properties/max_turns/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema98.properties.max_turns.type,parentSchema:schema98.properties.max_turns,data:data18};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 1000 || isNaN(data18)){
const err32 = {instancePath:instancePath+"/max_turns",schemaPath:"#/properties/max_turns/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema98.properties.max_turns,data:data18};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data18 < 1 || isNaN(data18)){
const err33 = {instancePath:instancePath+"/max_turns",schemaPath:"#/properties/max_turns/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema98.properties.max_turns,data:data18};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
if(data.max_duration !== undefined){
let data19 = data.max_duration;
if(typeof data19 === "string"){
if(!pattern5.test(data19)){
const err34 = {instancePath:instancePath+"/max_duration",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data19};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/max_duration",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data19};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.idle_timeout !== undefined){
let data20 = data.idle_timeout;
if(typeof data20 === "string"){
if(!pattern5.test(data20)){
const err36 = {instancePath:instancePath+"/idle_timeout",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data20};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/idle_timeout",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data20};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.idle_prompt !== undefined){
let data21 = data.idle_prompt;
if(typeof data21 === "string"){
if(data21.length < 1){
const err38 = {instancePath:instancePath+"/idle_prompt",schemaPath:"#/properties/idle_prompt/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema98.properties.idle_prompt,data:data21};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
else {
const err39 = {instancePath:instancePath+"/idle_prompt",schemaPath:"#/properties/idle_prompt/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema98.properties.idle_prompt.type,parentSchema:schema98.properties.idle_prompt,data:data21};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data.frequency !== undefined){
let data22 = data.frequency;
const _errs53 = errors;
let valid18 = false;
const _errs54 = errors;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
const err40 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema108.anyOf[0].type,parentSchema:schema108.anyOf[0],data:data22};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 > 1000000 || isNaN(data22)){
const err41 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf/0/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema108.anyOf[0],data:data22};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if(data22 < 1 || isNaN(data22)){
const err42 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema108.anyOf[0],data:data22};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
var _valid1 = _errs54 === errors;
valid18 = valid18 || _valid1;
const _errs56 = errors;
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
if(data22.max === undefined){
const err43 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf/1/required",keyword:"required",params:{missingProperty: "max"},message:"must have required property '"+"max"+"'",schema:schema108.anyOf[1].required,parentSchema:schema108.anyOf[1],data:data22};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(data22.until === undefined){
const err44 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf/1/required",keyword:"required",params:{missingProperty: "until"},message:"must have required property '"+"until"+"'",schema:schema108.anyOf[1].required,parentSchema:schema108.anyOf[1],data:data22};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
for(const key1 in data22){
if(!(((key1 === "min") || (key1 === "max")) || (key1 === "until"))){
const err45 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema108.anyOf[1],data:data22};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data22.min !== undefined){
let data23 = data22.min;
if(!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))){
const err46 = {instancePath:instancePath+"/frequency/min",schemaPath:"#/$defs/frequency/anyOf/1/properties/min/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema108.anyOf[1].properties.min.type,parentSchema:schema108.anyOf[1].properties.min,data:data23};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 > 1000000 || isNaN(data23)){
const err47 = {instancePath:instancePath+"/frequency/min",schemaPath:"#/$defs/frequency/anyOf/1/properties/min/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema108.anyOf[1].properties.min,data:data23};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(data23 < 1 || isNaN(data23)){
const err48 = {instancePath:instancePath+"/frequency/min",schemaPath:"#/$defs/frequency/anyOf/1/properties/min/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema108.anyOf[1].properties.min,data:data23};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
if(data22.max !== undefined){
let data24 = data22.max;
if(!(((typeof data24 == "number") && (!(data24 % 1) && !isNaN(data24))) && (isFinite(data24)))){
const err49 = {instancePath:instancePath+"/frequency/max",schemaPath:"#/$defs/frequency/anyOf/1/properties/max/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema108.anyOf[1].properties.max.type,parentSchema:schema108.anyOf[1].properties.max,data:data24};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 > 1000000 || isNaN(data24)){
const err50 = {instancePath:instancePath+"/frequency/max",schemaPath:"#/$defs/frequency/anyOf/1/properties/max/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema108.anyOf[1].properties.max,data:data24};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
if(data24 < 1 || isNaN(data24)){
const err51 = {instancePath:instancePath+"/frequency/max",schemaPath:"#/$defs/frequency/anyOf/1/properties/max/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema108.anyOf[1].properties.max,data:data24};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
if(data22.until !== undefined){
let data25 = data22.until;
if("decided" !== data25){
const err52 = {instancePath:instancePath+"/frequency/until",schemaPath:"#/$defs/frequency/anyOf/1/properties/until/const",keyword:"const",params:{allowedValue: "decided"},message:"must be equal to constant",schema:"decided",parentSchema:schema108.anyOf[1].properties.until,data:data25};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
}
else {
const err53 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema108.anyOf[1].type,parentSchema:schema108.anyOf[1],data:data22};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
var _valid1 = _errs56 === errors;
valid18 = valid18 || _valid1;
if(!valid18){
const err54 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema108.anyOf,parentSchema:schema108,data:data22};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
else {
errors = _errs53;
if(vErrors !== null){
if(_errs53){
vErrors.length = _errs53;
}
else {
vErrors = null;
}
}
}
}
if(data.thresholds !== undefined){
if(!(validate73(data.thresholds, {instancePath:instancePath+"/thresholds",parentData:data,parentDataProperty:"thresholds",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
errors = vErrors.length;
}
}
}
else {
const err55 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema98.type,parentSchema:schema98,data};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
validate65.errors = vErrors;
return errors === 0;
}
validate65.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema122 = {"title":"Judge control","description":"A conversation, and what a judge that can be trusted says of it.","type":"object","additionalProperties":false,"properties":{"description":{"title":"Description","description":"What it is for.","type":"string","examples":["Sounds friendly, and refunds nothing."]},"scenario":{"title":"Scenario","description":"By key or id: whose expected outcome it is judged by.","type":["string","integer"],"examples":["angry_refund"]},"transcript":{"title":"Transcript","description":"The conversation: its messages, or a JSON file with them, relative to this file.","anyOf":[{"title":"File","description":"A JSON file: a list of messages, or a run with its transcript_object.","type":"string","minLength":1,"examples":["controls/refund-refused.json"]},{"title":"Messages","description":"In the order they were said.","type":"array","minItems":1,"items":{"$ref":"#/$defs/transcript_message"},"examples":[[{"role":"caller","content":"Hi."},{"role":"agent","content":"Hello."}]]}],"examples":["controls/refund-refused.json"]},"ended_by":{"title":"Ended by","description":"Who ended the conversation. Default: caller.","enum":["agent","caller","limit"],"examples":["agent"]},"expect":{"title":"Expect","description":"What the judge must say.","type":"object","additionalProperties":false,"properties":{"outcome":{"title":"Outcome","description":"met: all claims of the expected outcome are; not_met: at least one is not.","enum":["met","not_met"],"examples":["not_met"]},"metrics":{"title":"Metrics","description":"Judged metrics, by key, each with what it must come to.","type":"object","minProperties":1,"additionalProperties":{"title":"Expected score","description":"Bounds, a value, or that it does not apply.","type":"object","additionalProperties":false,"properties":{"min":{"title":"Minimum","description":"The value may not be below this.","type":"number","examples":[60]},"max":{"title":"Maximum","description":"The value may not be above this.","type":"number","examples":[40]},"equals":{"title":"Equals","description":"The value is this.","type":["boolean","string","number"],"examples":[false]},"applies":{"title":"Applies","description":"false: its trigger does not hold here.","type":"boolean","examples":[false]}},"minProperties":1,"examples":[{"max":40}]},"examples":[{"empathy":{"max":40}}]}},"minProperties":1,"examples":[{"outcome":"not_met"}]}},"required":["scenario","transcript","expect"],"examples":[{"scenario":"angry_refund","transcript":[{"role":"caller","content":"I was charged twice!"},{"role":"agent","content":"That is not my problem."}],"expect":{"outcome":"not_met"}}]};
const schema123 = {"title":"Message","description":"One message, tool call or tool result, by the names of the run-scenarios API or the usual ones.","type":"object","additionalProperties":false,"properties":{"role":{"title":"Role","description":"Who said it.","enum":["caller","agent","tool_call","tool_result","Testing Agent","Main Agent","Function Call","Function Call Result"],"examples":["agent"]},"content":{"title":"Content","description":"What was said.","type":"string","examples":["Your appointment is cancelled."]},"start_time":{"title":"Start time","description":"Seconds from the start of the call.","type":"number","minimum":0,"examples":[1.5]},"end_time":{"title":"End time","description":"Seconds from the start of the call.","type":"number","minimum":0,"examples":[2.5]},"data":{"title":"Data","description":"Of a tool call or result: which tool, with what.","type":"object","additionalProperties":false,"properties":{"id":{"title":"Id","description":"The call's id.","type":"string","examples":["call_1"]},"name":{"title":"Name","description":"The tool's name.","type":"string","examples":["cancel_appointment"]},"arguments":{"title":"Arguments","description":"What it was called with.","examples":[{"patient_id":"P-1"}]},"result":{"title":"Result","description":"What it returned.","examples":[{"status":"cancelled"}]}},"examples":[{"name":"cancel_appointment","arguments":{"patient_id":"P-1"}}]}},"required":["role"],"examples":[{"role":"agent","content":"Your appointment is cancelled."}]};

function validate76(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate76.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.scenario === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "scenario"},message:"must have required property '"+"scenario"+"'",schema:schema122.required,parentSchema:schema122,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.transcript === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "transcript"},message:"must have required property '"+"transcript"+"'",schema:schema122.required,parentSchema:schema122,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.expect === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "expect"},message:"must have required property '"+"expect"+"'",schema:schema122.required,parentSchema:schema122,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "description") || (key0 === "scenario")) || (key0 === "transcript")) || (key0 === "ended_by")) || (key0 === "expect"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema122,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.description !== undefined){
let data0 = data.description;
if(typeof data0 !== "string"){
const err4 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema122.properties.description.type,parentSchema:schema122.properties.description,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.scenario !== undefined){
let data1 = data.scenario;
if((typeof data1 !== "string") && (!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1))))){
const err5 = {instancePath:instancePath+"/scenario",schemaPath:"#/properties/scenario/type",keyword:"type",params:{type: schema122.properties.scenario.type},message:"must be string,integer",schema:schema122.properties.scenario.type,parentSchema:schema122.properties.scenario,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.transcript !== undefined){
let data2 = data.transcript;
const _errs7 = errors;
let valid1 = false;
const _errs8 = errors;
if(typeof data2 === "string"){
if(data2.length < 1){
const err6 = {instancePath:instancePath+"/transcript",schemaPath:"#/properties/transcript/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema122.properties.transcript.anyOf[0],data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/transcript",schemaPath:"#/properties/transcript/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema122.properties.transcript.anyOf[0].type,parentSchema:schema122.properties.transcript.anyOf[0],data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var _valid0 = _errs8 === errors;
valid1 = valid1 || _valid0;
const _errs10 = errors;
if(Array.isArray(data2)){
if(data2.length < 1){
const err8 = {instancePath:instancePath+"/transcript",schemaPath:"#/properties/transcript/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema122.properties.transcript.anyOf[1],data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.role === undefined){
const err9 = {instancePath:instancePath+"/transcript/" + i0,schemaPath:"#/$defs/transcript_message/required",keyword:"required",params:{missingProperty: "role"},message:"must have required property '"+"role"+"'",schema:schema123.required,parentSchema:schema123,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
for(const key1 in data3){
if(!(((((key1 === "role") || (key1 === "content")) || (key1 === "start_time")) || (key1 === "end_time")) || (key1 === "data"))){
const err10 = {instancePath:instancePath+"/transcript/" + i0,schemaPath:"#/$defs/transcript_message/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema123,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data3.role !== undefined){
let data4 = data3.role;
if(!((((((((data4 === "caller") || (data4 === "agent")) || (data4 === "tool_call")) || (data4 === "tool_result")) || (data4 === "Testing Agent")) || (data4 === "Main Agent")) || (data4 === "Function Call")) || (data4 === "Function Call Result"))){
const err11 = {instancePath:instancePath+"/transcript/" + i0+"/role",schemaPath:"#/$defs/transcript_message/properties/role/enum",keyword:"enum",params:{allowedValues: schema123.properties.role.enum},message:"must be equal to one of the allowed values",schema:schema123.properties.role.enum,parentSchema:schema123.properties.role,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data3.content !== undefined){
let data5 = data3.content;
if(typeof data5 !== "string"){
const err12 = {instancePath:instancePath+"/transcript/" + i0+"/content",schemaPath:"#/$defs/transcript_message/properties/content/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema123.properties.content.type,parentSchema:schema123.properties.content,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data3.start_time !== undefined){
let data6 = data3.start_time;
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 0 || isNaN(data6)){
const err13 = {instancePath:instancePath+"/transcript/" + i0+"/start_time",schemaPath:"#/$defs/transcript_message/properties/start_time/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema123.properties.start_time,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/transcript/" + i0+"/start_time",schemaPath:"#/$defs/transcript_message/properties/start_time/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema123.properties.start_time.type,parentSchema:schema123.properties.start_time,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data3.end_time !== undefined){
let data7 = data3.end_time;
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0 || isNaN(data7)){
const err15 = {instancePath:instancePath+"/transcript/" + i0+"/end_time",schemaPath:"#/$defs/transcript_message/properties/end_time/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema123.properties.end_time,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/transcript/" + i0+"/end_time",schemaPath:"#/$defs/transcript_message/properties/end_time/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema123.properties.end_time.type,parentSchema:schema123.properties.end_time,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data3.data !== undefined){
let data8 = data3.data;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key2 in data8){
if(!((((key2 === "id") || (key2 === "name")) || (key2 === "arguments")) || (key2 === "result"))){
const err17 = {instancePath:instancePath+"/transcript/" + i0+"/data",schemaPath:"#/$defs/transcript_message/properties/data/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema123.properties.data,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data8.id !== undefined){
let data9 = data8.id;
if(typeof data9 !== "string"){
const err18 = {instancePath:instancePath+"/transcript/" + i0+"/data/id",schemaPath:"#/$defs/transcript_message/properties/data/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema123.properties.data.properties.id.type,parentSchema:schema123.properties.data.properties.id,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data8.name !== undefined){
let data10 = data8.name;
if(typeof data10 !== "string"){
const err19 = {instancePath:instancePath+"/transcript/" + i0+"/data/name",schemaPath:"#/$defs/transcript_message/properties/data/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema123.properties.data.properties.name.type,parentSchema:schema123.properties.data.properties.name,data:data10};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/transcript/" + i0+"/data",schemaPath:"#/$defs/transcript_message/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema123.properties.data.type,parentSchema:schema123.properties.data,data:data8};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/transcript/" + i0,schemaPath:"#/$defs/transcript_message/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema123.type,parentSchema:schema123,data:data3};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/transcript",schemaPath:"#/properties/transcript/anyOf/1/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema122.properties.transcript.anyOf[1].type,parentSchema:schema122.properties.transcript.anyOf[1],data:data2};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
var _valid0 = _errs10 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const err23 = {instancePath:instancePath+"/transcript",schemaPath:"#/properties/transcript/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema122.properties.transcript.anyOf,parentSchema:schema122.properties.transcript,data:data2};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
else {
errors = _errs7;
if(vErrors !== null){
if(_errs7){
vErrors.length = _errs7;
}
else {
vErrors = null;
}
}
}
}
if(data.ended_by !== undefined){
let data11 = data.ended_by;
if(!(((data11 === "agent") || (data11 === "caller")) || (data11 === "limit"))){
const err24 = {instancePath:instancePath+"/ended_by",schemaPath:"#/properties/ended_by/enum",keyword:"enum",params:{allowedValues: schema122.properties.ended_by.enum},message:"must be equal to one of the allowed values",schema:schema122.properties.ended_by.enum,parentSchema:schema122.properties.ended_by,data:data11};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.expect !== undefined){
let data12 = data.expect;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(Object.keys(data12).length < 1){
const err25 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema122.properties.expect,data:data12};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
for(const key3 in data12){
if(!((key3 === "outcome") || (key3 === "metrics"))){
const err26 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema122.properties.expect,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data12.outcome !== undefined){
let data13 = data12.outcome;
if(!((data13 === "met") || (data13 === "not_met"))){
const err27 = {instancePath:instancePath+"/expect/outcome",schemaPath:"#/properties/expect/properties/outcome/enum",keyword:"enum",params:{allowedValues: schema122.properties.expect.properties.outcome.enum},message:"must be equal to one of the allowed values",schema:schema122.properties.expect.properties.outcome.enum,parentSchema:schema122.properties.expect.properties.outcome,data:data13};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data12.metrics !== undefined){
let data14 = data12.metrics;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(Object.keys(data14).length < 1){
const err28 = {instancePath:instancePath+"/expect/metrics",schemaPath:"#/properties/expect/properties/metrics/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema122.properties.expect.properties.metrics,data:data14};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
for(const key4 in data14){
let data15 = data14[key4];
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(Object.keys(data15).length < 1){
const err29 = {instancePath:instancePath+"/expect/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/expect/properties/metrics/additionalProperties/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema122.properties.expect.properties.metrics.additionalProperties,data:data15};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
for(const key5 in data15){
if(!((((key5 === "min") || (key5 === "max")) || (key5 === "equals")) || (key5 === "applies"))){
const err30 = {instancePath:instancePath+"/expect/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/expect/properties/metrics/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema122.properties.expect.properties.metrics.additionalProperties,data:data15};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data15.min !== undefined){
let data16 = data15.min;
if(!((typeof data16 == "number") && (isFinite(data16)))){
const err31 = {instancePath:instancePath+"/expect/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/min",schemaPath:"#/properties/expect/properties/metrics/additionalProperties/properties/min/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema122.properties.expect.properties.metrics.additionalProperties.properties.min.type,parentSchema:schema122.properties.expect.properties.metrics.additionalProperties.properties.min,data:data16};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data15.max !== undefined){
let data17 = data15.max;
if(!((typeof data17 == "number") && (isFinite(data17)))){
const err32 = {instancePath:instancePath+"/expect/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/max",schemaPath:"#/properties/expect/properties/metrics/additionalProperties/properties/max/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema122.properties.expect.properties.metrics.additionalProperties.properties.max.type,parentSchema:schema122.properties.expect.properties.metrics.additionalProperties.properties.max,data:data17};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data15.equals !== undefined){
let data18 = data15.equals;
if(((typeof data18 !== "boolean") && (typeof data18 !== "string")) && (!((typeof data18 == "number") && (isFinite(data18))))){
const err33 = {instancePath:instancePath+"/expect/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/equals",schemaPath:"#/properties/expect/properties/metrics/additionalProperties/properties/equals/type",keyword:"type",params:{type: schema122.properties.expect.properties.metrics.additionalProperties.properties.equals.type},message:"must be boolean,string,number",schema:schema122.properties.expect.properties.metrics.additionalProperties.properties.equals.type,parentSchema:schema122.properties.expect.properties.metrics.additionalProperties.properties.equals,data:data18};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data15.applies !== undefined){
let data19 = data15.applies;
if(typeof data19 !== "boolean"){
const err34 = {instancePath:instancePath+"/expect/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/applies",schemaPath:"#/properties/expect/properties/metrics/additionalProperties/properties/applies/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema122.properties.expect.properties.metrics.additionalProperties.properties.applies.type,parentSchema:schema122.properties.expect.properties.metrics.additionalProperties.properties.applies,data:data19};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
else {
const err35 = {instancePath:instancePath+"/expect/metrics/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/expect/properties/metrics/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema122.properties.expect.properties.metrics.additionalProperties.type,parentSchema:schema122.properties.expect.properties.metrics.additionalProperties,data:data15};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
else {
const err36 = {instancePath:instancePath+"/expect/metrics",schemaPath:"#/properties/expect/properties/metrics/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema122.properties.expect.properties.metrics.type,parentSchema:schema122.properties.expect.properties.metrics,data:data14};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema122.properties.expect.type,parentSchema:schema122.properties.expect,data:data12};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema122.type,parentSchema:schema122,data};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
validate76.errors = vErrors;
return errors === 0;
}
validate76.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema124 = {"title":"Run entry","description":"What to run; each entry is one result.","type":"object","additionalProperties":false,"properties":{"name":{"title":"Name","description":"The entry's label. Default: Run 1, Run 2 ...","type":"string","minLength":1,"examples":["Smoke"]},"agent":{"title":"Agent","description":"By key, id or assistant_id. Default: the only agent there is.","type":["string","integer"],"examples":["clinic"]},"scenarios":{"title":"Scenarios","description":"all; or a number N, the first N; or a list of ids and keys; or a folder, with those below it. Default: all.","anyOf":[{"type":"string","minLength":1},{"type":"integer","minimum":1},{"type":"array","items":{"type":["integer","string"]},"minItems":1}],"examples":["all",5,[101,"cancel_appointment"],"Sales.Inbound"]},"tags":{"title":"Tags","description":"Only scenarios with any of these.","$ref":"#/$defs/tags","examples":[["smoke"]]},"tags_all":{"title":"Tags, all","description":"Only scenarios with all of these.","$ref":"#/$defs/tags","examples":[["smoke","cancel"]]},"tags_not":{"title":"Tags, none","description":"No scenario with any of these.","$ref":"#/$defs/tags","examples":[["slow"]]},"frequency":{"title":"Frequency","description":"How often each runs. Default: the scenario's own.","$ref":"#/$defs/frequency","examples":[3,{"min":3,"max":20,"until":"decided"}]},"personalities":{"title":"Personalities","description":"By key or id: override the scenarios' own; each multiplies the runs.","type":"array","items":{"type":["string","integer"]},"minItems":1,"uniqueItems":true,"examples":[["calm","interrupter"]]},"test_profiles":{"title":"Test profiles","description":"By key or id: override the scenarios' own; each multiplies the runs.","type":"array","items":{"type":["string","integer"]},"minItems":1,"uniqueItems":true,"examples":[["maria"]]},"mode":{"title":"Mode","description":"For telephony: one number for all runs, or one for each. Default: same_number.","enum":["same_number","different_numbers"],"examples":["same_number"]},"outbound_phone_number":{"title":"Outbound phone number","description":"For telephony: the number dialled, E.164.","type":"string","pattern":"^\\+[1-9][0-9]{1,14}$","examples":["+15555550111"]},"agent_number":{"title":"Agent number","description":"For telephony: the number an agent that calls us calls from, E.164.","type":"string","pattern":"^\\+[1-9][0-9]{1,14}$","examples":["+15555550122"]},"concurrency_limit":{"title":"Concurrency limit","description":"Conversations of this entry held at once. Default: the agent's.","type":"integer","minimum":1,"examples":[4]},"mock_tool_names":{"title":"Mock tools, by name","description":"Those of the agent's mock tools that its runs may call; [] none. Default: all.","type":["array","null"],"items":{"type":"string","minLength":1},"uniqueItems":true,"examples":[["cancel_appointment"]]},"thresholds":{"title":"Thresholds","description":"The bar for this entry.","$ref":"#/$defs/thresholds","examples":[{"pass_rate":0.95}]}},"examples":[{"name":"Smoke","agent":"clinic","scenarios":"all","tags":["smoke"]}]};

function validate78(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate78.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema124.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema124,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(data0.length < 1){
const err1 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema124.properties.name,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema124.properties.name.type,parentSchema:schema124.properties.name,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.agent !== undefined){
let data1 = data.agent;
if((typeof data1 !== "string") && (!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1))))){
const err3 = {instancePath:instancePath+"/agent",schemaPath:"#/properties/agent/type",keyword:"type",params:{type: schema124.properties.agent.type},message:"must be string,integer",schema:schema124.properties.agent.type,parentSchema:schema124.properties.agent,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.scenarios !== undefined){
let data2 = data.scenarios;
const _errs7 = errors;
let valid1 = false;
const _errs8 = errors;
if(typeof data2 === "string"){
if(data2.length < 1){
const err4 = {instancePath:instancePath+"/scenarios",schemaPath:"#/properties/scenarios/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema124.properties.scenarios.anyOf[0],data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/scenarios",schemaPath:"#/properties/scenarios/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema124.properties.scenarios.anyOf[0].type,parentSchema:schema124.properties.scenarios.anyOf[0],data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid0 = _errs8 === errors;
valid1 = valid1 || _valid0;
const _errs10 = errors;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err6 = {instancePath:instancePath+"/scenarios",schemaPath:"#/properties/scenarios/anyOf/1/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema124.properties.scenarios.anyOf[1].type,parentSchema:schema124.properties.scenarios.anyOf[1],data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 1 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/scenarios",schemaPath:"#/properties/scenarios/anyOf/1/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema124.properties.scenarios.anyOf[1],data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
var _valid0 = _errs10 === errors;
valid1 = valid1 || _valid0;
const _errs12 = errors;
if(Array.isArray(data2)){
if(data2.length < 1){
const err8 = {instancePath:instancePath+"/scenarios",schemaPath:"#/properties/scenarios/anyOf/2/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema124.properties.scenarios.anyOf[2],data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if((!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))) && (typeof data3 !== "string")){
const err9 = {instancePath:instancePath+"/scenarios/" + i0,schemaPath:"#/properties/scenarios/anyOf/2/items/type",keyword:"type",params:{type: schema124.properties.scenarios.anyOf[2].items.type},message:"must be integer,string",schema:schema124.properties.scenarios.anyOf[2].items.type,parentSchema:schema124.properties.scenarios.anyOf[2].items,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath:instancePath+"/scenarios",schemaPath:"#/properties/scenarios/anyOf/2/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema124.properties.scenarios.anyOf[2].type,parentSchema:schema124.properties.scenarios.anyOf[2],data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
var _valid0 = _errs12 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const err11 = {instancePath:instancePath+"/scenarios",schemaPath:"#/properties/scenarios/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema124.properties.scenarios.anyOf,parentSchema:schema124.properties.scenarios,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
else {
errors = _errs7;
if(vErrors !== null){
if(_errs7){
vErrors.length = _errs7;
}
else {
vErrors = null;
}
}
}
}
if(data.tags !== undefined){
let data4 = data.tags;
if(Array.isArray(data4)){
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
if(typeof data5 === "string"){
if(data5.length < 1){
const err12 = {instancePath:instancePath+"/tags/" + i1,schemaPath:"#/$defs/tags/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema100.items,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/tags/" + i1,schemaPath:"#/$defs/tags/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema100.items.type,parentSchema:schema100.items,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
let i2 = data4.length;
let j0;
if(i2 > 1){
const indices0 = {};
for(;i2--;){
let item0 = data4[i2];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err14 = {instancePath:instancePath+"/tags",schemaPath:"#/$defs/tags/uniqueItems",keyword:"uniqueItems",params:{i: i2, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i2+" are identical)",schema:true,parentSchema:schema100,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
break;
}
indices0[item0] = i2;
}
}
}
else {
const err15 = {instancePath:instancePath+"/tags",schemaPath:"#/$defs/tags/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema100.type,parentSchema:schema100,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.tags_all !== undefined){
let data6 = data.tags_all;
if(Array.isArray(data6)){
const len2 = data6.length;
for(let i3=0; i3<len2; i3++){
let data7 = data6[i3];
if(typeof data7 === "string"){
if(data7.length < 1){
const err16 = {instancePath:instancePath+"/tags_all/" + i3,schemaPath:"#/$defs/tags/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema100.items,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/tags_all/" + i3,schemaPath:"#/$defs/tags/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema100.items.type,parentSchema:schema100.items,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
let i4 = data6.length;
let j1;
if(i4 > 1){
const indices1 = {};
for(;i4--;){
let item1 = data6[i4];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err18 = {instancePath:instancePath+"/tags_all",schemaPath:"#/$defs/tags/uniqueItems",keyword:"uniqueItems",params:{i: i4, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i4+" are identical)",schema:true,parentSchema:schema100,data:data6};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
break;
}
indices1[item1] = i4;
}
}
}
else {
const err19 = {instancePath:instancePath+"/tags_all",schemaPath:"#/$defs/tags/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema100.type,parentSchema:schema100,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.tags_not !== undefined){
let data8 = data.tags_not;
if(Array.isArray(data8)){
const len3 = data8.length;
for(let i5=0; i5<len3; i5++){
let data9 = data8[i5];
if(typeof data9 === "string"){
if(data9.length < 1){
const err20 = {instancePath:instancePath+"/tags_not/" + i5,schemaPath:"#/$defs/tags/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema100.items,data:data9};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/tags_not/" + i5,schemaPath:"#/$defs/tags/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema100.items.type,parentSchema:schema100.items,data:data9};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
let i6 = data8.length;
let j2;
if(i6 > 1){
const indices2 = {};
for(;i6--;){
let item2 = data8[i6];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
const err22 = {instancePath:instancePath+"/tags_not",schemaPath:"#/$defs/tags/uniqueItems",keyword:"uniqueItems",params:{i: i6, j: j2},message:"must NOT have duplicate items (items ## "+j2+" and "+i6+" are identical)",schema:true,parentSchema:schema100,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
break;
}
indices2[item2] = i6;
}
}
}
else {
const err23 = {instancePath:instancePath+"/tags_not",schemaPath:"#/$defs/tags/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema100.type,parentSchema:schema100,data:data8};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.frequency !== undefined){
let data10 = data.frequency;
const _errs33 = errors;
let valid17 = false;
const _errs34 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err24 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema108.anyOf[0].type,parentSchema:schema108.anyOf[0],data:data10};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 1000000 || isNaN(data10)){
const err25 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf/0/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema108.anyOf[0],data:data10};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data10 < 1 || isNaN(data10)){
const err26 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema108.anyOf[0],data:data10};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
var _valid1 = _errs34 === errors;
valid17 = valid17 || _valid1;
const _errs36 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.max === undefined){
const err27 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf/1/required",keyword:"required",params:{missingProperty: "max"},message:"must have required property '"+"max"+"'",schema:schema108.anyOf[1].required,parentSchema:schema108.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data10.until === undefined){
const err28 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf/1/required",keyword:"required",params:{missingProperty: "until"},message:"must have required property '"+"until"+"'",schema:schema108.anyOf[1].required,parentSchema:schema108.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
for(const key1 in data10){
if(!(((key1 === "min") || (key1 === "max")) || (key1 === "until"))){
const err29 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema108.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data10.min !== undefined){
let data11 = data10.min;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
const err30 = {instancePath:instancePath+"/frequency/min",schemaPath:"#/$defs/frequency/anyOf/1/properties/min/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema108.anyOf[1].properties.min.type,parentSchema:schema108.anyOf[1].properties.min,data:data11};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 1000000 || isNaN(data11)){
const err31 = {instancePath:instancePath+"/frequency/min",schemaPath:"#/$defs/frequency/anyOf/1/properties/min/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema108.anyOf[1].properties.min,data:data11};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(data11 < 1 || isNaN(data11)){
const err32 = {instancePath:instancePath+"/frequency/min",schemaPath:"#/$defs/frequency/anyOf/1/properties/min/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema108.anyOf[1].properties.min,data:data11};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
if(data10.max !== undefined){
let data12 = data10.max;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
const err33 = {instancePath:instancePath+"/frequency/max",schemaPath:"#/$defs/frequency/anyOf/1/properties/max/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema108.anyOf[1].properties.max.type,parentSchema:schema108.anyOf[1].properties.max,data:data12};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 1000000 || isNaN(data12)){
const err34 = {instancePath:instancePath+"/frequency/max",schemaPath:"#/$defs/frequency/anyOf/1/properties/max/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema108.anyOf[1].properties.max,data:data12};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(data12 < 1 || isNaN(data12)){
const err35 = {instancePath:instancePath+"/frequency/max",schemaPath:"#/$defs/frequency/anyOf/1/properties/max/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema108.anyOf[1].properties.max,data:data12};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
if(data10.until !== undefined){
let data13 = data10.until;
if("decided" !== data13){
const err36 = {instancePath:instancePath+"/frequency/until",schemaPath:"#/$defs/frequency/anyOf/1/properties/until/const",keyword:"const",params:{allowedValue: "decided"},message:"must be equal to constant",schema:"decided",parentSchema:schema108.anyOf[1].properties.until,data:data13};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema108.anyOf[1].type,parentSchema:schema108.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
var _valid1 = _errs36 === errors;
valid17 = valid17 || _valid1;
if(!valid17){
const err38 = {instancePath:instancePath+"/frequency",schemaPath:"#/$defs/frequency/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema108.anyOf,parentSchema:schema108,data:data10};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
else {
errors = _errs33;
if(vErrors !== null){
if(_errs33){
vErrors.length = _errs33;
}
else {
vErrors = null;
}
}
}
}
if(data.personalities !== undefined){
let data14 = data.personalities;
if(Array.isArray(data14)){
if(data14.length < 1){
const err39 = {instancePath:instancePath+"/personalities",schemaPath:"#/properties/personalities/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema124.properties.personalities,data:data14};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
const len4 = data14.length;
for(let i7=0; i7<len4; i7++){
let data15 = data14[i7];
if((typeof data15 !== "string") && (!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15))))){
const err40 = {instancePath:instancePath+"/personalities/" + i7,schemaPath:"#/properties/personalities/items/type",keyword:"type",params:{type: schema124.properties.personalities.items.type},message:"must be string,integer",schema:schema124.properties.personalities.items.type,parentSchema:schema124.properties.personalities.items,data:data15};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
let i8 = data14.length;
let j3;
if(i8 > 1){
const indices3 = {};
for(;i8--;){
let item3 = data14[i8];
if((typeof item3 !== "string") && (!(((typeof item3 == "number") && (!(item3 % 1) && !isNaN(item3))) && (isFinite(item3))))){
continue;
}
if(typeof item3 == "string"){
item3 += "_";
}
if(typeof indices3[item3] == "number"){
j3 = indices3[item3];
const err41 = {instancePath:instancePath+"/personalities",schemaPath:"#/properties/personalities/uniqueItems",keyword:"uniqueItems",params:{i: i8, j: j3},message:"must NOT have duplicate items (items ## "+j3+" and "+i8+" are identical)",schema:true,parentSchema:schema124.properties.personalities,data:data14};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
break;
}
indices3[item3] = i8;
}
}
}
else {
const err42 = {instancePath:instancePath+"/personalities",schemaPath:"#/properties/personalities/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema124.properties.personalities.type,parentSchema:schema124.properties.personalities,data:data14};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data.test_profiles !== undefined){
let data16 = data.test_profiles;
if(Array.isArray(data16)){
if(data16.length < 1){
const err43 = {instancePath:instancePath+"/test_profiles",schemaPath:"#/properties/test_profiles/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema124.properties.test_profiles,data:data16};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
const len5 = data16.length;
for(let i9=0; i9<len5; i9++){
let data17 = data16[i9];
if((typeof data17 !== "string") && (!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17))))){
const err44 = {instancePath:instancePath+"/test_profiles/" + i9,schemaPath:"#/properties/test_profiles/items/type",keyword:"type",params:{type: schema124.properties.test_profiles.items.type},message:"must be string,integer",schema:schema124.properties.test_profiles.items.type,parentSchema:schema124.properties.test_profiles.items,data:data17};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
let i10 = data16.length;
let j4;
if(i10 > 1){
const indices4 = {};
for(;i10--;){
let item4 = data16[i10];
if((typeof item4 !== "string") && (!(((typeof item4 == "number") && (!(item4 % 1) && !isNaN(item4))) && (isFinite(item4))))){
continue;
}
if(typeof item4 == "string"){
item4 += "_";
}
if(typeof indices4[item4] == "number"){
j4 = indices4[item4];
const err45 = {instancePath:instancePath+"/test_profiles",schemaPath:"#/properties/test_profiles/uniqueItems",keyword:"uniqueItems",params:{i: i10, j: j4},message:"must NOT have duplicate items (items ## "+j4+" and "+i10+" are identical)",schema:true,parentSchema:schema124.properties.test_profiles,data:data16};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
break;
}
indices4[item4] = i10;
}
}
}
else {
const err46 = {instancePath:instancePath+"/test_profiles",schemaPath:"#/properties/test_profiles/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema124.properties.test_profiles.type,parentSchema:schema124.properties.test_profiles,data:data16};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data.mode !== undefined){
let data18 = data.mode;
if(!((data18 === "same_number") || (data18 === "different_numbers"))){
const err47 = {instancePath:instancePath+"/mode",schemaPath:"#/properties/mode/enum",keyword:"enum",params:{allowedValues: schema124.properties.mode.enum},message:"must be equal to one of the allowed values",schema:schema124.properties.mode.enum,parentSchema:schema124.properties.mode,data:data18};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data.outbound_phone_number !== undefined){
let data19 = data.outbound_phone_number;
if(typeof data19 === "string"){
if(!pattern9.test(data19)){
const err48 = {instancePath:instancePath+"/outbound_phone_number",schemaPath:"#/properties/outbound_phone_number/pattern",keyword:"pattern",params:{pattern: "^\\+[1-9][0-9]{1,14}$"},message:"must match pattern \""+"^\\+[1-9][0-9]{1,14}$"+"\"",schema:"^\\+[1-9][0-9]{1,14}$",parentSchema:schema124.properties.outbound_phone_number,data:data19};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
else {
const err49 = {instancePath:instancePath+"/outbound_phone_number",schemaPath:"#/properties/outbound_phone_number/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema124.properties.outbound_phone_number.type,parentSchema:schema124.properties.outbound_phone_number,data:data19};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data.agent_number !== undefined){
let data20 = data.agent_number;
if(typeof data20 === "string"){
if(!pattern9.test(data20)){
const err50 = {instancePath:instancePath+"/agent_number",schemaPath:"#/properties/agent_number/pattern",keyword:"pattern",params:{pattern: "^\\+[1-9][0-9]{1,14}$"},message:"must match pattern \""+"^\\+[1-9][0-9]{1,14}$"+"\"",schema:"^\\+[1-9][0-9]{1,14}$",parentSchema:schema124.properties.agent_number,data:data20};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
else {
const err51 = {instancePath:instancePath+"/agent_number",schemaPath:"#/properties/agent_number/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema124.properties.agent_number.type,parentSchema:schema124.properties.agent_number,data:data20};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data.concurrency_limit !== undefined){
let data21 = data.concurrency_limit;
if(!(((typeof data21 == "number") && (!(data21 % 1) && !isNaN(data21))) && (isFinite(data21)))){
const err52 = {instancePath:instancePath+"/concurrency_limit",schemaPath:"#/properties/concurrency_limit/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema124.properties.concurrency_limit.type,parentSchema:schema124.properties.concurrency_limit,data:data21};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if((typeof data21 == "number") && (isFinite(data21))){
if(data21 < 1 || isNaN(data21)){
const err53 = {instancePath:instancePath+"/concurrency_limit",schemaPath:"#/properties/concurrency_limit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema124.properties.concurrency_limit,data:data21};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
if(data.mock_tool_names !== undefined){
let data22 = data.mock_tool_names;
if((!(Array.isArray(data22))) && (data22 !== null)){
const err54 = {instancePath:instancePath+"/mock_tool_names",schemaPath:"#/properties/mock_tool_names/type",keyword:"type",params:{type: schema124.properties.mock_tool_names.type},message:"must be array,null",schema:schema124.properties.mock_tool_names.type,parentSchema:schema124.properties.mock_tool_names,data:data22};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if(Array.isArray(data22)){
const len6 = data22.length;
for(let i11=0; i11<len6; i11++){
let data23 = data22[i11];
if(typeof data23 === "string"){
if(data23.length < 1){
const err55 = {instancePath:instancePath+"/mock_tool_names/" + i11,schemaPath:"#/properties/mock_tool_names/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema124.properties.mock_tool_names.items,data:data23};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
else {
const err56 = {instancePath:instancePath+"/mock_tool_names/" + i11,schemaPath:"#/properties/mock_tool_names/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema124.properties.mock_tool_names.items.type,parentSchema:schema124.properties.mock_tool_names.items,data:data23};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
let i12 = data22.length;
let j5;
if(i12 > 1){
const indices5 = {};
for(;i12--;){
let item5 = data22[i12];
if(typeof item5 !== "string"){
continue;
}
if(typeof indices5[item5] == "number"){
j5 = indices5[item5];
const err57 = {instancePath:instancePath+"/mock_tool_names",schemaPath:"#/properties/mock_tool_names/uniqueItems",keyword:"uniqueItems",params:{i: i12, j: j5},message:"must NOT have duplicate items (items ## "+j5+" and "+i12+" are identical)",schema:true,parentSchema:schema124.properties.mock_tool_names,data:data22};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
break;
}
indices5[item5] = i12;
}
}
}
}
if(data.thresholds !== undefined){
if(!(validate73(data.thresholds, {instancePath:instancePath+"/thresholds",parentData:data,parentDataProperty:"thresholds",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
errors = vErrors.length;
}
}
}
else {
const err58 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema124.type,parentSchema:schema124,data};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
validate78.errors = vErrors;
return errors === 0;
}
validate78.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema129 = {"title":"Limits","description":"Bounds on the whole suite.","type":"object","additionalProperties":false,"properties":{"concurrency":{"title":"Concurrency","description":"Conversations held at once. Default: 10.","type":"integer","minimum":1,"maximum":100000,"examples":[20]},"starts_per_second":{"title":"Starts per second","description":"Conversations started in a second at most. Default: no bound.","type":"number","exclusiveMinimum":0,"examples":[5]},"run_timeout":{"title":"Run timeout","description":"How long one run may take, connecting included. Default: 10m.","$ref":"#/$defs/duration","examples":["10m"]},"suite_timeout":{"title":"Suite timeout","description":"How long everything may take; then what is under way is ended and the rest is not run. Default: no bound.","$ref":"#/$defs/duration","examples":["1h"]},"max_runs":{"title":"Max runs","description":"A plan with more runs than this is refused. Default: 2000.","type":"integer","minimum":1,"examples":[2000]},"max_failures":{"title":"Max failures","description":"Once this many runs have failed (failed or agent_error) no more are started, and the gate fails. Default: no bound.","type":"integer","minimum":1,"examples":[10]},"max_cost":{"title":"Max cost","description":"Once models have cost this much, in the currency of prices, no more runs are started. Default: no bound.","type":"number","exclusiveMinimum":0,"examples":[5]},"stop_when_decided":{"title":"Stop when decided","description":"Once a run entry's gate can no longer change, its remaining runs are not started. Default: false.","type":"boolean","examples":[true]}},"examples":[{"concurrency":20,"run_timeout":"10m"}]};

function validate82(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate82.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((((key0 === "concurrency") || (key0 === "starts_per_second")) || (key0 === "run_timeout")) || (key0 === "suite_timeout")) || (key0 === "max_runs")) || (key0 === "max_failures")) || (key0 === "max_cost")) || (key0 === "stop_when_decided"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema129,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.concurrency !== undefined){
let data0 = data.concurrency;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/concurrency",schemaPath:"#/properties/concurrency/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema129.properties.concurrency.type,parentSchema:schema129.properties.concurrency,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 100000 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/concurrency",schemaPath:"#/properties/concurrency/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema129.properties.concurrency,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/concurrency",schemaPath:"#/properties/concurrency/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema129.properties.concurrency,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.starts_per_second !== undefined){
let data1 = data.starts_per_second;
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 <= 0 || isNaN(data1)){
const err4 = {instancePath:instancePath+"/starts_per_second",schemaPath:"#/properties/starts_per_second/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema129.properties.starts_per_second,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/starts_per_second",schemaPath:"#/properties/starts_per_second/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema129.properties.starts_per_second.type,parentSchema:schema129.properties.starts_per_second,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.run_timeout !== undefined){
let data2 = data.run_timeout;
if(typeof data2 === "string"){
if(!pattern5.test(data2)){
const err6 = {instancePath:instancePath+"/run_timeout",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/run_timeout",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.suite_timeout !== undefined){
let data3 = data.suite_timeout;
if(typeof data3 === "string"){
if(!pattern5.test(data3)){
const err8 = {instancePath:instancePath+"/suite_timeout",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"},message:"must match pattern \""+"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"+"\"",schema:"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",parentSchema:schema34,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/suite_timeout",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.max_runs !== undefined){
let data4 = data.max_runs;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err10 = {instancePath:instancePath+"/max_runs",schemaPath:"#/properties/max_runs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema129.properties.max_runs.type,parentSchema:schema129.properties.max_runs,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 1 || isNaN(data4)){
const err11 = {instancePath:instancePath+"/max_runs",schemaPath:"#/properties/max_runs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema129.properties.max_runs,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
if(data.max_failures !== undefined){
let data5 = data.max_failures;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err12 = {instancePath:instancePath+"/max_failures",schemaPath:"#/properties/max_failures/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema129.properties.max_failures.type,parentSchema:schema129.properties.max_failures,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 1 || isNaN(data5)){
const err13 = {instancePath:instancePath+"/max_failures",schemaPath:"#/properties/max_failures/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema129.properties.max_failures,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
if(data.max_cost !== undefined){
let data6 = data.max_cost;
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 <= 0 || isNaN(data6)){
const err14 = {instancePath:instancePath+"/max_cost",schemaPath:"#/properties/max_cost/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema129.properties.max_cost,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/max_cost",schemaPath:"#/properties/max_cost/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema129.properties.max_cost.type,parentSchema:schema129.properties.max_cost,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.stop_when_decided !== undefined){
let data7 = data.stop_when_decided;
if(typeof data7 !== "boolean"){
const err16 = {instancePath:instancePath+"/stop_when_decided",schemaPath:"#/properties/stop_when_decided/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema129.properties.stop_when_decided.type,parentSchema:schema129.properties.stop_when_decided,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema129.type,parentSchema:schema129,data};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
validate82.errors = vErrors;
return errors === 0;
}
validate82.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern8 = new RegExp("^[A-Za-z0-9_][A-Za-z0-9_-]*$", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:callsheet:schema:suite:1" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema31.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.version !== undefined){
let data0 = data.version;
if(1 !== data0){
const err1 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant",schema:1,parentSchema:schema31.properties.version,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.suite !== undefined){
let data1 = data.suite;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.name === undefined){
const err2 = {instancePath:instancePath+"/suite",schemaPath:"#/properties/suite/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema31.properties.suite.required,parentSchema:schema31.properties.suite,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key1 in data1){
if(!(((key1 === "name") || (key1 === "description")) || (key1 === "owner"))){
const err3 = {instancePath:instancePath+"/suite",schemaPath:"#/properties/suite/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.suite,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data1.name !== undefined){
let data2 = data1.name;
if(typeof data2 === "string"){
if(data2.length < 1){
const err4 = {instancePath:instancePath+"/suite/name",schemaPath:"#/properties/suite/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.suite.properties.name,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/suite/name",schemaPath:"#/properties/suite/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.suite.properties.name.type,parentSchema:schema31.properties.suite.properties.name,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data1.description !== undefined){
let data3 = data1.description;
if(typeof data3 !== "string"){
const err6 = {instancePath:instancePath+"/suite/description",schemaPath:"#/properties/suite/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.suite.properties.description.type,parentSchema:schema31.properties.suite.properties.description,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data1.owner !== undefined){
let data4 = data1.owner;
if(typeof data4 !== "string"){
const err7 = {instancePath:instancePath+"/suite/owner",schemaPath:"#/properties/suite/properties/owner/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.suite.properties.owner.type,parentSchema:schema31.properties.suite.properties.owner,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/suite",schemaPath:"#/properties/suite/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.suite.type,parentSchema:schema31.properties.suite,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.include !== undefined){
let data5 = data.include;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 === "string"){
if(data6.length < 1){
const err9 = {instancePath:instancePath+"/include/" + i0,schemaPath:"#/properties/include/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.include.items,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/include/" + i0,schemaPath:"#/properties/include/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.include.items.type,parentSchema:schema31.properties.include.items,data:data6};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/include",schemaPath:"#/properties/include/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.include.type,parentSchema:schema31.properties.include,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.models !== undefined){
let data7 = data.models;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key2 in data7){
if(!((key2 === "caller") || (key2 === "judge"))){
const err12 = {instancePath:instancePath+"/models",schemaPath:"#/properties/models/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.models,data:data7};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data7.caller !== undefined){
if(!(validate21(data7.caller, {instancePath:instancePath+"/models/caller",parentData:data7,parentDataProperty:"caller",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
if(data7.judge !== undefined){
if(!(validate23(data7.judge, {instancePath:instancePath+"/models/judge",parentData:data7,parentDataProperty:"judge",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath:instancePath+"/models",schemaPath:"#/properties/models/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.models.type,parentSchema:schema31.properties.models,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.prices !== undefined){
let data10 = data.prices;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key3 in data10){
let data11 = data10[key3];
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(data11.input === undefined){
const err14 = {instancePath:instancePath+"/prices/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/prices/required",keyword:"required",params:{missingProperty: "input"},message:"must have required property '"+"input"+"'",schema:schema49.required,parentSchema:schema49,data:data11};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data11.output === undefined){
const err15 = {instancePath:instancePath+"/prices/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/prices/required",keyword:"required",params:{missingProperty: "output"},message:"must have required property '"+"output"+"'",schema:schema49.required,parentSchema:schema49,data:data11};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
for(const key4 in data11){
if(!(((key4 === "input") || (key4 === "output")) || (key4 === "cached_input"))){
const err16 = {instancePath:instancePath+"/prices/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/prices/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema49,data:data11};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data11.input !== undefined){
let data12 = data11.input;
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 < 0 || isNaN(data12)){
const err17 = {instancePath:instancePath+"/prices/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/input",schemaPath:"#/$defs/prices/properties/input/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema49.properties.input,data:data12};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/prices/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/input",schemaPath:"#/$defs/prices/properties/input/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema49.properties.input.type,parentSchema:schema49.properties.input,data:data12};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data11.output !== undefined){
let data13 = data11.output;
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 < 0 || isNaN(data13)){
const err19 = {instancePath:instancePath+"/prices/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/output",schemaPath:"#/$defs/prices/properties/output/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema49.properties.output,data:data13};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/prices/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/output",schemaPath:"#/$defs/prices/properties/output/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema49.properties.output.type,parentSchema:schema49.properties.output,data:data13};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data11.cached_input !== undefined){
let data14 = data11.cached_input;
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 0 || isNaN(data14)){
const err21 = {instancePath:instancePath+"/prices/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/cached_input",schemaPath:"#/$defs/prices/properties/cached_input/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema49.properties.cached_input,data:data14};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/prices/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/cached_input",schemaPath:"#/$defs/prices/properties/cached_input/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema49.properties.cached_input.type,parentSchema:schema49.properties.cached_input,data:data14};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/prices/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/prices/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema49.type,parentSchema:schema49,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath:instancePath+"/prices",schemaPath:"#/properties/prices/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.prices.type,parentSchema:schema31.properties.prices,data:data10};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.caller_check !== undefined){
let data15 = data.caller_check;
if(typeof data15 !== "boolean"){
const err25 = {instancePath:instancePath+"/caller_check",schemaPath:"#/properties/caller_check/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.caller_check.type,parentSchema:schema31.properties.caller_check,data:data15};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.agents !== undefined){
let data16 = data.agents;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
for(const key5 in data16){
const _errs38 = errors;
if(typeof key5 === "string"){
if(!pattern8.test(key5)){
const err26 = {instancePath:instancePath+"/agents",schemaPath:"#/properties/agents/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_][A-Za-z0-9_-]*$"},message:"must match pattern \""+"^[A-Za-z0-9_][A-Za-z0-9_-]*$"+"\"",schema:"^[A-Za-z0-9_][A-Za-z0-9_-]*$",parentSchema:schema31.properties.agents.propertyNames,data:key5,propertyName:key5};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
var valid8 = _errs38 === errors;
if(!valid8){
const err27 = {instancePath:instancePath+"/agents",schemaPath:"#/properties/agents/propertyNames",keyword:"propertyNames",params:{propertyName: key5},message:"property name must be valid",schema:schema31.properties.agents.propertyNames,parentSchema:schema31.properties.agents,data:data16};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
for(const key6 in data16){
if(!(validate25(data16[key6], {instancePath:instancePath+"/agents/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data16,parentDataProperty:key6,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
}
else {
const err28 = {instancePath:instancePath+"/agents",schemaPath:"#/properties/agents/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.agents.type,parentSchema:schema31.properties.agents,data:data16};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.personalities !== undefined){
let data18 = data.personalities;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
for(const key7 in data18){
const _errs43 = errors;
if(typeof key7 === "string"){
if(!pattern8.test(key7)){
const err29 = {instancePath:instancePath+"/personalities",schemaPath:"#/properties/personalities/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_][A-Za-z0-9_-]*$"},message:"must match pattern \""+"^[A-Za-z0-9_][A-Za-z0-9_-]*$"+"\"",schema:"^[A-Za-z0-9_][A-Za-z0-9_-]*$",parentSchema:schema31.properties.personalities.propertyNames,data:key7,propertyName:key7};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
var valid10 = _errs43 === errors;
if(!valid10){
const err30 = {instancePath:instancePath+"/personalities",schemaPath:"#/properties/personalities/propertyNames",keyword:"propertyNames",params:{propertyName: key7},message:"property name must be valid",schema:schema31.properties.personalities.propertyNames,parentSchema:schema31.properties.personalities,data:data18};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
for(const key8 in data18){
if(!(validate49(data18[key8], {instancePath:instancePath+"/personalities/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data18,parentDataProperty:key8,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
}
else {
const err31 = {instancePath:instancePath+"/personalities",schemaPath:"#/properties/personalities/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.personalities.type,parentSchema:schema31.properties.personalities,data:data18};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.test_profiles !== undefined){
let data20 = data.test_profiles;
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
for(const key9 in data20){
const _errs48 = errors;
if(typeof key9 === "string"){
if(!pattern8.test(key9)){
const err32 = {instancePath:instancePath+"/test_profiles",schemaPath:"#/properties/test_profiles/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_][A-Za-z0-9_-]*$"},message:"must match pattern \""+"^[A-Za-z0-9_][A-Za-z0-9_-]*$"+"\"",schema:"^[A-Za-z0-9_][A-Za-z0-9_-]*$",parentSchema:schema31.properties.test_profiles.propertyNames,data:key9,propertyName:key9};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
var valid12 = _errs48 === errors;
if(!valid12){
const err33 = {instancePath:instancePath+"/test_profiles",schemaPath:"#/properties/test_profiles/propertyNames",keyword:"propertyNames",params:{propertyName: key9},message:"property name must be valid",schema:schema31.properties.test_profiles.propertyNames,parentSchema:schema31.properties.test_profiles,data:data20};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
for(const key10 in data20){
if(!(validate51(data20[key10], {instancePath:instancePath+"/test_profiles/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data20,parentDataProperty:key10,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate51.errors : vErrors.concat(validate51.errors);
errors = vErrors.length;
}
}
}
else {
const err34 = {instancePath:instancePath+"/test_profiles",schemaPath:"#/properties/test_profiles/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.test_profiles.type,parentSchema:schema31.properties.test_profiles,data:data20};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.metrics !== undefined){
let data22 = data.metrics;
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
for(const key11 in data22){
const _errs53 = errors;
if(typeof key11 === "string"){
if(!pattern8.test(key11)){
const err35 = {instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_][A-Za-z0-9_-]*$"},message:"must match pattern \""+"^[A-Za-z0-9_][A-Za-z0-9_-]*$"+"\"",schema:"^[A-Za-z0-9_][A-Za-z0-9_-]*$",parentSchema:schema31.properties.metrics.propertyNames,data:key11,propertyName:key11};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
var valid14 = _errs53 === errors;
if(!valid14){
const err36 = {instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/propertyNames",keyword:"propertyNames",params:{propertyName: key11},message:"property name must be valid",schema:schema31.properties.metrics.propertyNames,parentSchema:schema31.properties.metrics,data:data22};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
for(const key12 in data22){
if(!(validate53(data22[key12], {instancePath:instancePath+"/metrics/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data22,parentDataProperty:key12,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
const err37 = {instancePath:instancePath+"/metrics",schemaPath:"#/properties/metrics/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.metrics.type,parentSchema:schema31.properties.metrics,data:data22};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.scenarios !== undefined){
let data24 = data.scenarios;
if(data24 && typeof data24 == "object" && !Array.isArray(data24)){
for(const key13 in data24){
const _errs58 = errors;
if(typeof key13 === "string"){
if(!pattern8.test(key13)){
const err38 = {instancePath:instancePath+"/scenarios",schemaPath:"#/properties/scenarios/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_][A-Za-z0-9_-]*$"},message:"must match pattern \""+"^[A-Za-z0-9_][A-Za-z0-9_-]*$"+"\"",schema:"^[A-Za-z0-9_][A-Za-z0-9_-]*$",parentSchema:schema31.properties.scenarios.propertyNames,data:key13,propertyName:key13};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
var valid16 = _errs58 === errors;
if(!valid16){
const err39 = {instancePath:instancePath+"/scenarios",schemaPath:"#/properties/scenarios/propertyNames",keyword:"propertyNames",params:{propertyName: key13},message:"property name must be valid",schema:schema31.properties.scenarios.propertyNames,parentSchema:schema31.properties.scenarios,data:data24};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
for(const key14 in data24){
if(!(validate65(data24[key14], {instancePath:instancePath+"/scenarios/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data24,parentDataProperty:key14,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
}
else {
const err40 = {instancePath:instancePath+"/scenarios",schemaPath:"#/properties/scenarios/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.scenarios.type,parentSchema:schema31.properties.scenarios,data:data24};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data.judge_controls !== undefined){
let data26 = data.judge_controls;
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
for(const key15 in data26){
const _errs63 = errors;
if(typeof key15 === "string"){
if(!pattern8.test(key15)){
const err41 = {instancePath:instancePath+"/judge_controls",schemaPath:"#/properties/judge_controls/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_][A-Za-z0-9_-]*$"},message:"must match pattern \""+"^[A-Za-z0-9_][A-Za-z0-9_-]*$"+"\"",schema:"^[A-Za-z0-9_][A-Za-z0-9_-]*$",parentSchema:schema31.properties.judge_controls.propertyNames,data:key15,propertyName:key15};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
var valid18 = _errs63 === errors;
if(!valid18){
const err42 = {instancePath:instancePath+"/judge_controls",schemaPath:"#/properties/judge_controls/propertyNames",keyword:"propertyNames",params:{propertyName: key15},message:"property name must be valid",schema:schema31.properties.judge_controls.propertyNames,parentSchema:schema31.properties.judge_controls,data:data26};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
for(const key16 in data26){
if(!(validate76(data26[key16], {instancePath:instancePath+"/judge_controls/" + key16.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data26,parentDataProperty:key16,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
}
}
}
else {
const err43 = {instancePath:instancePath+"/judge_controls",schemaPath:"#/properties/judge_controls/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.judge_controls.type,parentSchema:schema31.properties.judge_controls,data:data26};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data.runs !== undefined){
let data28 = data.runs;
if(Array.isArray(data28)){
if(data28.length < 1){
const err44 = {instancePath:instancePath+"/runs",schemaPath:"#/properties/runs/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.runs,data:data28};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
const len1 = data28.length;
for(let i1=0; i1<len1; i1++){
if(!(validate78(data28[i1], {instancePath:instancePath+"/runs/" + i1,parentData:data28,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
}
}
else {
const err45 = {instancePath:instancePath+"/runs",schemaPath:"#/properties/runs/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.runs.type,parentSchema:schema31.properties.runs,data:data28};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data.thresholds !== undefined){
if(!(validate73(data.thresholds, {instancePath:instancePath+"/thresholds",parentData:data,parentDataProperty:"thresholds",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
errors = vErrors.length;
}
}
if(data.limits !== undefined){
if(!(validate82(data.limits, {instancePath:instancePath+"/limits",parentData:data,parentDataProperty:"limits",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate82.errors : vErrors.concat(validate82.errors);
errors = vErrors.length;
}
}
if(data.retries !== undefined){
let data32 = data.retries;
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
for(const key17 in data32){
if(!(((key17 === "infra_error") || (key17 === "agent_error")) || (key17 === "failed"))){
const err46 = {instancePath:instancePath+"/retries",schemaPath:"#/$defs/retries/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key17},message:"must NOT have additional properties",schema:false,parentSchema:schema132,data:data32};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data32.infra_error !== undefined){
let data33 = data32.infra_error;
if(!(((typeof data33 == "number") && (!(data33 % 1) && !isNaN(data33))) && (isFinite(data33)))){
const err47 = {instancePath:instancePath+"/retries/infra_error",schemaPath:"#/$defs/retries/properties/infra_error/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema132.properties.infra_error.type,parentSchema:schema132.properties.infra_error,data:data33};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if((typeof data33 == "number") && (isFinite(data33))){
if(data33 > 20 || isNaN(data33)){
const err48 = {instancePath:instancePath+"/retries/infra_error",schemaPath:"#/$defs/retries/properties/infra_error/maximum",keyword:"maximum",params:{comparison: "<=", limit: 20},message:"must be <= 20",schema:20,parentSchema:schema132.properties.infra_error,data:data33};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(data33 < 0 || isNaN(data33)){
const err49 = {instancePath:instancePath+"/retries/infra_error",schemaPath:"#/$defs/retries/properties/infra_error/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema132.properties.infra_error,data:data33};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
if(data32.agent_error !== undefined){
let data34 = data32.agent_error;
if(!(((typeof data34 == "number") && (!(data34 % 1) && !isNaN(data34))) && (isFinite(data34)))){
const err50 = {instancePath:instancePath+"/retries/agent_error",schemaPath:"#/$defs/retries/properties/agent_error/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema132.properties.agent_error.type,parentSchema:schema132.properties.agent_error,data:data34};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
if((typeof data34 == "number") && (isFinite(data34))){
if(data34 > 20 || isNaN(data34)){
const err51 = {instancePath:instancePath+"/retries/agent_error",schemaPath:"#/$defs/retries/properties/agent_error/maximum",keyword:"maximum",params:{comparison: "<=", limit: 20},message:"must be <= 20",schema:20,parentSchema:schema132.properties.agent_error,data:data34};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
if(data34 < 0 || isNaN(data34)){
const err52 = {instancePath:instancePath+"/retries/agent_error",schemaPath:"#/$defs/retries/properties/agent_error/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema132.properties.agent_error,data:data34};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
}
if(data32.failed !== undefined){
let data35 = data32.failed;
if(!(((typeof data35 == "number") && (!(data35 % 1) && !isNaN(data35))) && (isFinite(data35)))){
const err53 = {instancePath:instancePath+"/retries/failed",schemaPath:"#/$defs/retries/properties/failed/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema132.properties.failed.type,parentSchema:schema132.properties.failed,data:data35};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if((typeof data35 == "number") && (isFinite(data35))){
if(data35 > 20 || isNaN(data35)){
const err54 = {instancePath:instancePath+"/retries/failed",schemaPath:"#/$defs/retries/properties/failed/maximum",keyword:"maximum",params:{comparison: "<=", limit: 20},message:"must be <= 20",schema:20,parentSchema:schema132.properties.failed,data:data35};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if(data35 < 0 || isNaN(data35)){
const err55 = {instancePath:instancePath+"/retries/failed",schemaPath:"#/$defs/retries/properties/failed/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema132.properties.failed,data:data35};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
}
}
else {
const err56 = {instancePath:instancePath+"/retries",schemaPath:"#/$defs/retries/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema132.type,parentSchema:schema132,data:data32};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
}
else {
const err57 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
