/**
 * Who gets what from every page and endpoint: one line each, compared with the route files by
 * access.spec.ts, so that a new route without a line fails. Objects are 夏邑县's: `[person]` is the village
 * station head of 会亭镇, `[person=trainee]` names another (objects.ts). Forms stand after the address.
 *
 * 200 shown or done · 303 sent on · log sent to log in · 400 unreadable · 401 log in first · 403 visible,
 * but not allowed (or the account has no person) · 404 not there, or not yours to see · 409 not now.
 * Lines run from top to bottom on one database, each from left to right.
 */
export const ACCESS = `
# Doors that stand open                                                                  vis tra vil hui xia lus xuc ins off inv ent wor adm
GET /                                                                                  | 200 200 200 200 200 200 200 200 200 200 200 200 200
GET /login                                                                             | 200 303 303 303 303 303 303 303 303 303 303 303 303
GET /logout                                                                            | 303 303 303 303 303 303 303 303 303 303 303 303 303
GET /setup                                                                             | log log log log log log log log log log log log log
GET /healthz                                                                           | 200 200 200 200 200 200 200 200 200 200 200 200 200
GET /stories                                                                           | 404 404 404 404 404 404 404 404 404 404 404 404 404
GET /card/[card]                                                                       | 404 404 404 404 404 404 404 404 404 404 404 404 404
GET /courses                                                                           | 200 200 200 200 200 200 200 200 200 200 200 200 200
GET /courses/[course=slug]                                                             | 200 200 200 200 200 200 200 200 200 200 200 200 200
GET /courses/[course=slug]/lessons/[lesson]                                            | 200 200 200 200 200 200 200 200 200 200 200 200 200
GET /courses/[course=closedSlug]                                                       | 404 200 200 200 200 404 404 200 200 200 200 200 404
GET /certificates                                                                      | 200 200 200 200 200 200 200 200 200 200 200 200 200
GET /certificates/[number]                                                             | 200 200 200 200 200 200 200 200 200 200 200 200 200
GET /certificates/[number=nothing]                                                     | 404 404 404 404 404 404 404 404 404 404 404 404 404

# One's own account                                                                      vis tra vil hui xia lus xuc ins off inv ent wor adm
GET /account/password                                                                  | log 200 200 200 200 200 200 200 200 200 200 200 200
GET /account/sessions                                                                  | log 200 200 200 200 200 200 200 200 200 200 200 200

# Learning: one's own, and nobody else's                                                 vis tra vil hui xia lus xuc ins off inv ent wor adm
GET /learn                                                                             | log 200 200 200 200 200 200 200 200 200 200 200 200
GET /learn/record                                                                      | log 200 200 200 403 403 403 403 403 403 200 200 403
GET /learn/courses                                                                     | log 200 200 200 200 200 200 200 200 200 200 200 200
GET /learn/courses/[course=slug]                                                       | log 200 200 200 200 200 200 200 200 200 200 200 200
GET /learn/courses/[course=slug]/lessons/[lesson]                                      | log 200 200 200 200 200 200 200 200 200 200 200 200
POST /learn/courses/[course=slug]/lessons/[lesson]?/end                                | log 200 200 200 403 403 403 403 403 403 200 200 403
POST /api/learning-pings/[lesson] {"act":"position","position":1}                      | 401 200 200 200 403 403 403 403 403 403 200 200 403
GET /learn/classes                                                                     | log 200 200 200 200 200 200 200 200 200 200 200 200
GET /learn/classes/[class]                                                             | log 200 200 200 404 404 404 404 404 404 404 404 404
GET /sign/[session]                                                                    | log 200 200 200 403 403 403 403 403 403 200 200 403
POST /sign/[session]?/sign digits=000000                                               | log 409 409 409 403 403 403 403 403 403 403 403 403
GET /learn/exams                                                                       | log 200 200 200 200 200 200 200 200 200 200 200 200
GET /learn/exams/[exam]                                                                | log 200 404 404 404 404 404 404 404 404 404 404 404
POST /learn/exams/[exam]?/start read=on                                                | log 409 404 404 404 404 404 404 404 404 404 404 404
GET /learn/attempts/[attempt]                                                          | log 303 404 404 404 404 404 404 404 404 404 404 404
GET /learn/attempts/[attempt]/result                                                   | log 200 404 404 404 404 404 404 404 404 404 404 404
GET /api/attempts/[attempt]/pulse                                                      | 401 200 404 404 404 404 404 404 404 404 404 404 404
POST /api/attempts/[attempt]/answers {"lease":"x","answers":[]}                        | 401 200 404 404 404 404 404 404 404 404 404 404 404
POST /api/attempts/[attempt]/lease {"previous":"x","force":false}                      | 401 409 404 404 404 404 404 404 404 404 404 404 404
POST /api/attempts/[attempt]/leaves {"seconds":1}                                      | 401 409 404 404 404 404 404 404 404 404 404 404 404
POST /api/attempts/[attempt]/submission {"lease":"x","answers":[]}                     | 401 200 404 404 403 403 403 403 403 403 404 404 403
GET /learn/certificates                                                                | log 200 200 200 200 200 200 200 200 200 200 200 200
GET /learn/certificates/[certificate]/pdf                                              | 404 404 404 404 200 404 404 404 404 404 404 404 404

# The office: people                                                                     vis tra vil hui xia lus xuc ins off inv ent wor adm
GET /office                                                                            | log 403 403 200 200 200 200 200 200 200 200 403 403
GET /office/people                                                                     | log 403 403 200 200 200 200 403 403 403 200 403 403
GET /office/people/[person]                                                            | log 404 200 200 200 404 404 404 404 404 404 404 404
GET /office/people/[person=trainee]                                                    | log 200 404 404 200 404 404 404 404 404 404 404 404
GET /office/people/[person=nothing]                                                    | log 404 404 404 404 404 404 404 404 404 404 404 404
POST /office/people/[person]?/reveal reason=事故调查调档                               | log 404 403 200 200 404 404 404 404 404 404 404 404
GET /office/people/[person]/credits                                                    | log 404 200 200 200 404 404 404 404 404 404 404 404
GET /office/people/duplicates                                                          | log 403 403 403 200 200 200 403 403 403 403 403 403
POST /office/people/duplicates people[]=[person]&people[]=[nothing]&keep=[person]&reason=同一个人 | log 404 404 404 404 404 404 404 404 404 404 404 404
GET /office/imports                                                                    | log 403 403 403 200 200 200 403 403 403 200 403 403
GET /office/imports/new                                                                | log 403 403 403 200 200 200 403 403 403 200 403 403
GET /office/imports/[import]                                                           | log 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/imports/[import=enterpriseImport]                                          | log 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/imports/[import]/refused                                                   | 404 404 404 404 200 404 404 404 404 404 404 404 404
POST /office/imports/[import]?/commit                                                  | log 404 404 404 409 404 404 404 404 404 404 404 404
POST /office/imports/[import]?/confirm row=5&confirmed=yes                             | log 404 404 404 409 404 404 404 404 404 404 404 404
POST /office/imports/[import]?/confirmAll confirmed=yes                                | log 404 404 404 409 404 404 404 404 404 404 404 404
POST /office/imports/[import]?/sheet sheetName=花名册                                     | log 404 404 404 409 404 404 404 404 404 404 404 404
POST /office/imports/[import]?/discard                                                 | log 404 404 404 409 404 404 404 404 404 404 404 404
GET /office/cards                                                                      | log 403 403 200 200 200 200 403 403 403 403 403 403
POST /office/cards/sheet people[]=[person]                                             | 404 404 404 200 200 404 404 404 404 404 404 404 404
GET /office/organizations                                                              | log 403 403 403 200 200 200 403 403 403 403 403 403
GET /office/divisions                                                                  | log 403 403 403 200 200 200 403 403 403 403 403 403
POST /office/divisions parentId=[division]&name=新村                                   | log 403 403 403 200 403 403 403 403 403 403 403 403
GET /office/accounts                                                                   | log 403 403 403 200 200 200 403 403 403 403 403 403
GET /office/accounts/new                                                               | log 403 403 403 200 200 200 403 403 403 403 403 403
GET /office/accounts/[account]                                                         | log 403 403 403 200 404 404 403 403 403 403 403 403
GET /office/accounts/workbook                                                          | log 403 403 403 200 200 200 403 403 403 403 403 403
POST /office/accounts/[account]?/disable disabled=no                                   | log 404 404 403 200 404 404 404 404 404 404 404 403
GET /office/events                                                                     | log 403 403 403 200 200 200 403 403 403 403 403 403
GET /office/events/workbook                                                            | log 403 403 403 200 200 200 403 403 403 403 403 403

# The office: courses and classes                                                        vis tra vil hui xia lus xuc ins off inv ent wor adm
GET /office/courses                                                                    | log 403 403 403 200 200 200 200 403 403 403 403 403
GET /office/courses/new                                                                | log 403 403 403 200 200 200 403 403 403 403 403 403
GET /office/courses/[course=closed]                                                    | log 403 403 403 200 404 404 403 403 403 403 403 404
GET /office/courses/[course=closed]/lessons/new                                        | log 403 403 403 200 404 404 403 403 403 403 403 404
GET /office/courses/[course=closed]/lessons/[lesson=closedLesson]                      | log 403 403 403 200 404 404 403 403 403 403 403 404
POST /office/courses/[course=closed]?/publish                                          | log 403 403 403 409 404 404 403 403 403 403 403 404
GET /office/classes                                                                    | log 403 403 200 200 200 200 200 403 403 403 403 403
GET /office/classes/new                                                                | log 403 403 403 200 200 200 403 403 403 403 403 403
GET /office/classes/[class]                                                            | log 404 404 200 200 404 404 200 404 404 404 404 404
GET /office/classes/[class]/attendance                                                 | log 404 404 200 200 404 404 200 404 404 404 404 404
GET /office/classes/[class]/exams                                                      | log 404 404 200 200 404 404 200 404 404 404 404 404
GET /office/classes/[class]/settings                                                   | log 404 404 200 200 404 404 200 404 404 404 404 404
GET /office/classes/[class]/timetable                                                  | log 404 404 200 200 404 404 200 404 404 404 404 404
GET /office/classes/[class]/sessions/[session]                                         | log 404 404 200 200 404 404 200 404 404 404 404 404
GET /office/classes/[class]/sessions/[session]/sheet                                   | log 404 404 403 200 404 404 200 404 404 404 404 404
GET /office/classes/[class]/sessions/[session]/wall                                    | log 404 404 403 200 404 404 200 404 404 404 404 404
GET /api/sessions/[session]/wall                                                       | 404 404 404 403 200 404 404 200 404 404 404 404 404
POST /office/classes/[class]?/enrolPerson person=[person]                              | log 404 404 200 200 404 404 403 404 404 404 404 404
POST /office/classes/[class]?/move type=OPEN                                           | log 404 404 403 409 404 404 403 404 404 404 404 404
POST /office/classes/[class]/sessions/[session]?/tick persons[]=[person]&state=present | log 404 404 403 409 404 404 409 404 404 404 404 404
GET /office/outside-trainings                                                          | log 403 403 200 200 200 200 403 403 403 403 403 403
GET /office/outside-trainings/new                                                      | log 403 403 200 200 200 200 403 403 403 403 403 403
GET /office/outside-trainings/blank-sheet                                              | log 200 200 200 200 200 200 200 200 200 200 200 200
GET /office/outside-trainings/[training]                                               | log 404 404 200 200 404 404 404 404 404 404 404 404
POST /office/outside-trainings/[training]?/decide verdict=confirmed&reason=            | log 404 404 409 409 404 404 404 404 404 404 404 404
GET /api/uploads/[upload]                                                              | 404 404 404 200 200 404 404 404 404 404 404 404 404
GET /api/uploads/[upload=roster]                                                       | 404 404 404 404 404 404 404 404 404 404 404 404 404

# The office: exams and certificates                                                     vis tra vil hui xia lus xuc ins off inv ent wor adm
GET /office/questions                                                                  | log 403 403 403 200 200 200 403 200 403 403 403 403
GET /office/questions/new                                                              | log 403 403 403 200 200 200 403 200 403 403 403 403
GET /office/questions/[question]                                                       | log 404 404 404 200 404 404 404 200 404 404 404 404
POST /office/questions/[question]?/withdraw reason=依据已修订                          | log 404 404 404 303 404 404 404 303 404 404 404 404
GET /office/questions/imports                                                          | log 403 403 403 200 200 200 403 200 403 403 403 403
GET /office/questions/imports/new                                                      | log 403 403 403 200 200 200 403 200 403 403 403 403
GET /office/questions/imports/[import=nothing]                                         | log 404 404 404 404 404 404 404 404 404 404 404 404
GET /office/questions/imports/[import=nothing]/refused                                 | 404 404 404 404 404 404 404 404 404 404 404 404 404
GET /office/exams                                                                      | log 403 403 403 200 200 200 403 200 200 403 403 403
GET /office/exams/new                                                                  | log 403 403 403 200 200 200 403 200 403 403 403 403
GET /office/exams/[exam]                                                               | log 404 404 404 200 404 404 404 200 200 404 404 404
GET /office/exams/[exam=unwatched]                                                     | log 404 404 404 200 404 404 404 200 404 404 404 404
GET /office/exams/[exam]/edit                                                          | log 404 404 404 409 404 404 404 409 403 404 404 404
GET /office/exams/[exam]/board                                                         | log 404 404 404 200 404 404 404 200 200 404 404 404
GET /office/exams/[exam=unwatched]/board                                               | log 404 404 404 200 404 404 404 200 404 404 404 404
GET /office/exams/[exam]/results                                                       | log 404 404 404 200 404 404 404 200 403 404 404 404
GET /office/exams/[exam]/results/export                                                | 404 404 404 404 200 404 404 404 200 403 404 404 404
GET /office/exams/[exam]/candidates/[person=trainee]                                   | log 404 404 404 200 404 404 404 200 403 404 404 404
GET /office/exams/[exam]/candidates/[person=nothing]                                   | log 404 404 404 404 404 404 404 404 403 404 404 404
POST /office/exams/[exam]?/publish                                                     | log 404 404 404 409 404 404 404 409 403 404 404 404
POST /office/exams/[exam]?/assign accountId=[account]                                  | log 404 404 404 400 404 404 404 400 403 404 404 404
POST /office/exams/[exam]?/dismiss accountId=[account]                                 | log 404 404 404 303 404 404 404 303 403 404 404 404
POST /office/exams/[exam]/board?/extend id=x&minutes=5&reason=考场停电&who=all             | log 404 404 404 409 404 404 404 409 409 404 404 404
POST /office/exams/[exam=unwatched]/board?/extend id=x&minutes=5&reason=考场停电&who=all   | log 404 404 404 409 404 404 404 409 404 404 404 404
POST /office/exams/[exam]/candidates/[person=trainee]?/extend minutes=5&reason=设备故障 | log 404 404 404 303 404 404 404 303 403 404 404 404
GET /office/certificates                                                               | log 403 403 200 200 200 200 200 403 403 200 403 403
GET /office/certificates/[certificate]                                                 | log 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/certificates/[certificate]/pdf                                             | 404 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/certificates/classes                                                       | log 403 403 403 200 200 200 403 403 403 403 403 403
GET /office/certificates/classes/[class]                                               | log 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/certificates/classes/[class]/pdf                                           | 404 404 404 404 409 404 404 404 404 404 404 404 404
GET /office/certificates/registered                                                    | log 403 403 200 200 200 200 200 403 403 200 403 403
POST /office/certificates/classes/[class]?/issue                                       | log 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/certificates/reviews                                                   | log 403 403 403 200 200 200 403 403 403 403 403 403
POST /office/certificates/[certificate]?/uphold upheldBecause=有纸质签到表               | log 404 404 404 409 404 404 404 404 404 404 404 404
POST /office/certificates/[certificate]?/replace cause=lost&note=                  | log 404 404 404 303 404 404 404 404 404 404 404 404
POST /office/certificates/[certificate]?/revoke reason=发证有误                        | log 404 404 404 303 404 404 404 404 404 404 404 404

# The office: rules and figures                                                          vis tra vil hui xia lus xuc ins off inv ent wor adm
GET /office/coverage                                                                   | log 403 403 303 303 303 303 403 403 403 303 403 403
GET /office/coverage/[division]                                                        | log 403 403 200 200 404 404 403 403 403 403 403 403
GET /office/coverage/[division=county]                                                 | log 403 403 404 200 404 404 403 403 403 403 403 403
GET /office/coverage/[division]/names                                                  | log 403 403 200 200 404 404 403 403 403 403 403 403
GET /office/coverage/[division]/names/workbook                                         | 404 404 404 200 200 404 404 404 404 404 404 404 404
GET /office/coverage/[division]/workbook                                               | 403 403 403 200 200 404 404 403 403 403 403 403 403
GET /office/coverage/[division]/letter                                                 | 403 403 403 200 200 404 404 403 403 403 403 403 403
GET /office/coverage/organizations/[organization]                                      | log 404 404 404 200 404 404 404 404 404 200 404 404
GET /office/coverage/organizations/[organization]/names                                | log 404 404 404 200 404 404 404 404 404 200 404 404
GET /office/coverage/organizations/[organization]/names/workbook                       | 404 404 404 404 200 404 404 404 404 404 200 404 404
GET /office/rules                                                                      | log 403 403 200 200 200 200 403 403 403 403 403 403
POST /office/rules?/withdraw adoptionId=[adoption]&untilOn=&reason=                    | log 404 404 404 400 404 404 404 404 404 404 404 404
GET /office/exemptions                                                                 | log 403 403 200 200 200 200 403 403 403 403 403 403
GET /office/exemptions/new?person=[person]&rule=[rule]                                 | log 404 404 200 200 404 404 404 404 404 404 404 404
POST /office/exemptions?/decide exemptionId=[exemption]&approve=1&reason=情况属实      | log 404 404 403 200 404 404 404 404 404 404 404 404
GET /office/indicators                                                                 | log 403 403 403 200 200 200 403 403 403 403 403 403
GET /office/indicators/new                                                             | log 403 403 403 200 200 200 403 403 403 403 403 403
GET /office/indicators/blank-sheet                                                     | log 403 403 403 200 200 200 403 403 403 403 403 403
POST /office/indicators/new?/check title=&fromYear=2026&untilYear=2030&source=&rows=x  | log 403 403 403 400 400 400 403 403 403 403 403 403
GET /office/indicators/[plan]                                                          | log 404 404 404 200 404 404 404 404 404 404 404 404
POST /office/indicators/[plan]?/close                                                  | log 404 404 404 409 404 404 404 404 404 404 404 404

# The administrator: accounts and settings, no business records                          vis tra vil hui xia lus xuc ins off inv ent wor adm
GET /admin/accounts                                                                    | log 403 403 403 403 403 403 403 403 403 403 403 200
GET /admin/accounts/new                                                                | log 403 403 403 403 403 403 403 403 403 403 403 200
GET /admin/accounts/[account]                                                          | log 403 403 403 403 403 403 403 403 403 403 403 200
GET /admin/accounts/workbook                                                           | log 403 403 403 403 403 403 403 403 403 403 403 200
GET /admin/divisions                                                                   | log 403 403 403 403 403 403 403 403 403 403 403 200
GET /admin/events                                                                      | log 403 403 403 403 403 403 403 403 403 403 403 200
GET /admin/events/workbook                                                             | log 403 403 403 403 403 403 403 403 403 403 403 200
GET /admin/installation                                                                | log 403 403 403 403 403 403 403 403 403 403 403 200
POST /admin/accounts/[account]?/disable disabled=no                                    | log 404 404 403 403 404 404 404 404 404 404 404 200

# Runs of drills: who has a seat (the instructor judges), and nobody else                vis tra vil hui xia lus xuc ins off inv ent wor adm
GET /api/runs/[run]/entries                                                            | 404 404 404 404 404 404 404 200 404 404 404 404 404
GET /api/runs/[run]/stream                                                             | 404 404 404 404 404 404 404 200 404 404 404 404 404
POST /api/runs/[run]/commands {"id":"0123456789abcdef","role":"eval_b","deed":{"kind":"check"}} | 404 404 404 404 404 404 404 200 404 404 404 404 404
`;
