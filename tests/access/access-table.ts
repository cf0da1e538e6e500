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

# The office: the library of plans                                                       vis tra vil hui xia lus xuc ins off inv ent wor adm
GET /office/plans                                                                      | log 403 403 200 200 200 200 403 403 403 403 403 403
GET /office/plans/workbook                                                             | log 403 403 200 200 200 200 403 403 403 403 403 403
GET /office/plans/new                                                                  | log 403 403 403 200 200 200 403 403 403 403 403 403
GET /office/plans/[plan=modelPlan]                                                     | log 404 404 200 200 200 200 404 404 404 404 404 404
GET /office/plans/[plan=localPlan]                                                     | log 404 404 200 200 404 404 404 404 404 404 404 404
GET /office/plans/[plan=draftPlan]                                                     | log 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/plans/[plan=modelPlan]/adopt                                               | log 404 404 403 200 200 200 404 404 404 404 404 404
GET /office/plans/[plan=draftPlan]/draft                                               | log 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/plans/[plan=localPlan]/draft                                               | log 404 404 403 409 404 404 404 404 404 404 404 404
GET /office/plans/[plan=localPlan]/annex                                               | log 404 404 403 200 404 404 404 404 404 404 404 404
GET /office/plans/[plan=localPlan]/compare?from=1&to=2                                 | log 404 404 200 200 404 404 404 404 404 404 404 404
GET /office/plans/[plan=localPlan]/paper?form=cards                                    | log 404 404 200 200 404 404 404 404 404 404 404 404
POST /office/plans/[plan=localPlan]?/restore                                           | log 404 404 403 200 404 404 404 404 404 404 404 404
POST /office/plans/[plan=localPlan]/annex?/save part=duties                            | log 404 404 403 409 404 404 404 404 404 404 404 404
POST /office/plans/[plan=draftPlan]/draft?/drop clauseId=x                             | log 404 404 404 409 404 404 404 404 404 404 404 404
POST /office/plans/[plan=draftPlan]/draft?/publish documentNumber=&issuedOn=           | log 404 404 404 400 404 404 404 404 404 404 404 404
POST /office/plans/[plan=modelPlan]/adopt?/adopt title=本地预案&divisionId=411426          | log 404 404 403 409 404 404 404 404 404 404 404 404

# The office: drills and their scripts                                                   vis tra vil hui xia lus xuc ins off inv ent wor adm
GET /office/scripts                                                                    | log 403 403 403 200 200 200 403 403 403 403 403 403
GET /office/scripts/new                                                                | log 403 403 403 200 200 200 403 403 403 403 403 403
GET /office/scripts/[script=modelScript]                                               | log 404 404 404 200 200 200 404 404 404 404 404 404
GET /office/scripts/[script]                                                           | log 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/scripts/[script]/file                                                      | 404 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/scripts/[script]/draft                                                     | 404 404 404 404 200 404 404 404 404 404 404 404 404
POST /office/scripts/[script]/draft {"revision":0,"draft":{"meta":{"title":"x"}}}      | 404 404 404 404 409 404 404 404 404 404 404 404 404
POST /office/scripts/[script=modelScript]/draft {"revision":1,"draft":{"meta":{"title":"x"}}} | 404 404 404 404 403 403 403 404 404 404 404 404 404
GET /office/scripts/[script]/table                                                     | log 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/scripts/[script]/table/workbook                                            | 404 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/scripts/[script]/table/import                                              | log 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/scripts/[script=modelScript]/table/import                                  | log 404 404 404 403 403 403 404 404 404 404 404 404
POST /office/scripts/[script]/table/import?/save revision=0&draft={"schema":"drill-script/1","meta":{"title":"x"}} | log 404 404 404 409 404 404 404 404 404 404 404 404
GET /office/scripts/[script]/parts/[part]                                              | log 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/scripts/[script]/parts/[part=nothing]                                      | log 404 404 404 404 404 404 404 404 404 404 404 404
GET /office/scripts/[script]/flow                                                      | log 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/scripts/[script]/rehearsal                                                 | log 404 404 404 200 404 404 404 404 404 404 404 404
POST /office/scripts/[script=modelScript]?/publish                                     | log 404 404 404 403 403 403 404 404 404 404 404 404
POST /office/scripts/[script=modelScript]?/archive                                     | log 404 404 404 403 403 403 404 404 404 404 404 404
GET /office/drills                                                                     | log 403 403 403 200 200 200 403 403 403 403 403 403
GET /office/drills/new                                                                 | log 403 403 403 200 200 200 403 403 403 403 403 403
GET /office/drills/[drill]                                                             | log 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/drills/[drill]/pack/[paper=packPaper]                                      | 404 404 404 404 200 404 404 404 404 404 404 404 404
POST /office/drills/[drill]?/seat loginName=nobody&roles[]=duty                        | log 404 404 404 409 404 404 404 404 404 404 404 404
POST /office/drills/[drill]?/unseat seatId=[nothing]                                   | log 404 404 404 404 404 404 404 404 404 404 404 404
POST /office/drills/[drill]?/cancel reason=                                            | log 404 404 404 400 404 404 404 404 404 404 404 404

# The office: how often units drill, and drills held on paper                            vis tra vil hui xia lus xuc ins off inv ent wor adm
GET /office/drill-quotas                                                               | log 403 403 303 303 303 303 403 403 403 403 403 403
GET /office/drill-quotas/[division]                                                    | log 403 403 200 200 404 404 403 403 403 403 403 403
GET /office/drill-quotas/[division=county]                                             | log 403 403 404 200 404 404 403 403 403 403 403 403
GET /office/drill-quotas/[division]/units?kind=all                                     | log 403 403 200 200 404 404 403 403 403 403 403 403
GET /office/drill-quotas/[division]/plan                                               | log 403 403 200 200 404 404 403 403 403 403 403 403
GET /office/drill-quotas/[division]/workbook                                           | 403 403 403 200 200 404 404 403 403 403 403 403 403
GET /office/drill-quotas/rules                                                         | log 403 403 200 200 200 200 403 403 403 403 403 403
POST /office/drill-quotas/rules?/adopt packId=village-drills&divisionId=411426         | log 404 404 404 400 404 404 404 404 404 404 404 404
POST /office/drill-quotas/rules?/withdraw adoptionId=x                                 | log 404 404 404 404 404 404 404 404 404 404 404 404
GET /office/drill-quotas/units/[unit=division]                                         | log 404 404 200 200 404 404 404 404 404 404 404 404
GET /office/drill-quotas/units/[unit=organization]                                     | log 404 404 404 200 404 404 404 404 404 404 404 404
POST /office/drill-quotas/units/[unit=division]?/plan year=2000&month=1&form=tabletop&content=single&planKind=township&plan=防汛 | log 404 404 409 409 404 404 404 404 404 404 404 404
POST /office/drill-quotas/units/[unit=division]?/drop planned=x                        | log 404 404 404 404 404 404 404 404 404 404 404 404
POST /office/drill-quotas/units/[unit=division]?/traits traits[]=enterprise_risky      | log 404 404 403 409 404 404 404 404 404 404 404 404
GET /office/paper-drills                                                               | log 403 403 200 200 200 200 403 403 403 200 403 403
GET /office/paper-drills/new                                                           | log 403 403 200 200 200 200 403 403 403 200 403 403
POST /office/paper-drills/new?/enter unitId=411426101&title=推演&heldOn=2999-01-01&place=镇政府&form=tabletop&content=single&planKind=township&plan=防汛&people=9 | log 404 404 400 400 404 404 404 404 404 404 404 404
GET /office/paper-drills/[paper=paperDrill]                                            | log 404 404 200 200 404 404 404 404 404 404 404 404
GET /office/paper-drills/[paper=enterprisePaper]                                       | log 404 404 404 200 404 404 404 404 404 200 404 404
POST /office/paper-drills/[paper=paperDrill]?/decide verdict=confirmed                 | log 404 404 403 409 404 404 404 404 404 404 404 404
GET /office/paper-drills/reports                                                       | log 403 403 200 200 200 200 403 403 403 200 403 403
GET /office/paper-drills/reports/new                                                   | log 403 403 200 200 200 200 403 403 403 200 403 403
GET /office/paper-drills/reports/[report=halfYearReport]                               | log 404 404 404 200 404 404 404 404 404 200 404 404
POST /office/paper-drills/reports/[report=halfYearReport]?/check result=faulty&checkedOn=2020-01-01 | log 404 404 404 400 404 404 404 404 404 403 404 404

# Sealed drills: everybody gets the same page; what it lists is what one's own key opens vis tra vil hui xia lus xuc ins off inv ent wor adm
GET /office/sealed                                                                     | log 200 200 200 200 200 200 200 200 200 200 200 200
GET /office/sealed/new                                                                 | log 403 403 403 200 200 200 403 403 403 403 403 403
GET /office/sealed/[drill=nothing]                                                     | log 404 404 404 404 404 404 404 404 404 404 404 404
GET /office/sealed/[drill=nothing]/people                                              | log 404 404 404 404 404 404 404 404 404 404 404 404
GET /office/sealed/[drill=nothing]/window                                              | log 404 404 404 404 404 404 404 404 404 404 404 404
GET /office/sealed/[drill=nothing]/approval                                            | log 404 404 404 404 404 404 404 404 404 404 404 404
GET /office/sealed/[drill=nothing]/undertaking                                         | log 404 404 404 404 404 404 404 404 404 404 404 404
POST /office/sealed/[drill=nothing]?/draw                                              | log 404 404 404 404 404 404 404 404 404 404 404 404
POST /office/sealed/[drill=nothing]?/unseal                                            | log 404 404 404 404 404 404 404 404 404 404 404 404
POST /office/sealed/[drill=nothing]/people?/seat loginName=trainee&roles[]=duty        | log 404 404 404 404 404 404 404 404 404 404 404 404

# Runs of drills: who has a seat (the instructor judges), and nobody else                vis tra vil hui xia lus xuc ins off inv ent wor adm
GET /runs/[run]                                                                        | log 404 404 404 404 404 404 200 404 404 404 404 404
GET /runs/[run]/wall                                                                   | log 404 404 404 404 404 404 200 404 404 404 404 404
GET /runs/[run]/turnout                                                                | log 404 404 404 404 404 404 200 404 404 404 404 404
GET /runs/[run]/slips                                                                  | log 404 404 404 404 404 404 403 404 404 404 404 404
GET /api/runs/[run]/entries                                                            | 404 404 404 404 404 404 404 200 404 404 404 404 404
GET /api/runs/[run]/face                                                               | 404 404 404 404 404 404 404 200 404 404 404 404 404
GET /api/runs/[run]/stream                                                             | 404 404 404 404 404 404 404 200 404 404 404 404 404
POST /api/runs/[run]/media                                                             | 404 404 404 404 404 404 404 409 404 404 404 404 404
POST /api/runs/[run]/commands {"id":"0123456789abcdef","role":"eval_b","deed":{"kind":"check"}} | 404 404 404 404 404 404 404 200 404 404 404 404 404

# After a drill (none of the demo's is over): who keeps drills or directs, and nobody else vis tra vil hui xia lus xuc ins off inv ent wor adm
GET /office/drills/[drill]/evaluation                                                  | log 404 404 404 200 404 404 404 404 404 404 404 404
POST /office/drills/[drill]/evaluation?/publish                                        | log 404 404 404 409 404 404 404 404 404 404 404 404
GET /office/drills/[drill]/evaluation/workbook                                         | 404 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/drills/[drill]/report                                                      | log 404 404 404 200 404 404 404 404 404 404 404 404
POST /office/drills/[drill]/report?/sign signedBy=王局长&signedOn=2026-01-01              | log 404 404 404 409 404 404 404 404 404 404 404 404
GET /office/drills/[drill]/report/pdf                                                  | 404 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/drills/[drill]/report/docx                                                 | 404 404 404 404 200 404 404 404 404 404 404 404 404
GET /office/drills/[drill]/replay                                                      | log 404 404 404 409 404 404 404 404 404 404 404 404
GET /api/runs/[run]/hot-wash                                                           | 404 404 404 404 404 404 404 409 404 404 404 404 404
GET /office/findings                                                                   | log 403 403 200 200 200 200 403 403 403 403 403 403
POST /office/findings?/missed drill=[drill]                                            | log 404 404 404 409 404 404 404 404 404 404 404 404
GET /office/findings/workbook                                                          | log 403 403 200 200 200 200 403 403 403 403 403 403
GET /office/findings/new?drill=[drill]                                                 | log 404 404 404 409 404 404 404 404 404 404 404 404
GET /office/findings/[finding=nothing]                                                 | log 404 404 404 404 404 404 404 404 404 404 404 404
POST /office/findings/[finding=nothing]?/move move=ACCEPT                              | log 404 404 404 404 404 404 404 404 404 404 404 404
`;
