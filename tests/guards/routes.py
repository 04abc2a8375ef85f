"""Who may pass which door: the least role for every route. Kept by hand; a test walks it all."""

PUBLIC = """
GET /account/first
POST /account/first
GET /account/forgotten
POST /account/forgotten
GET /account/invitation/<secret>
POST /account/invitation/<secret>
GET /account/reset/<secret>
POST /account/reset/<secret>
GET /account/sign-in
POST /account/sign-in
POST /account/theme
GET /healthz
GET /language/<code>
POST /sign-out
GET /static/<path:filename>
"""

NEWCOMER = """
GET /
GET /account
POST /account
GET /account/password
POST /account/password
POST /account/sign-out-everywhere
GET /account/tokens
POST /account/tokens
POST /account/tokens/<int:token_id>/revoke
GET /api
GET /api/clients/<int:client_id>/changes
GET /api/clients/<int:client_id>/chart
GET /api/clients/<int:client_id>/people
GET /api/clients/<int:client_id>/version
GET /api/openapi.json
GET /api/pages
GET /api/pages/<int:page_id>
GET /api/pages/<int:page_id>/compare
GET /api/pages/<int:page_id>/revisions
GET /api/pages/<int:page_id>/revisions/<int:number>
GET /api/persons/<int:person_id>
GET /api/search
POST /categories/<int:ident>/unwatch
POST /categories/<int:ident>/watch
GET /changes
GET /clients
GET /clients/<int:client_id>/chart
GET /clients/<int:client_id>/chart.pdf
GET /clients/<int:client_id>/chart.png
GET /clients/<int:client_id>/chart.svg
GET /clients/<int:client_id>/chart/changes
GET /clients/<int:client_id>/chart/outline
GET /clients/<int:client_id>/coverage
GET /clients/<int:client_id>/people
GET /clients/<int:client_id>/people/suggest
GET /clients/<int:client_id>/positions/<int:position_id>
GET /clients/<int:client_id>/positions/suggest
GET /clients/duplicates
GET /files
GET /files/<int:ident>/<name>
GET /files/<int:ident>/about
POST /files/<int:ident>/archive
POST /files/<int:ident>/bring-back
GET /notices
POST /notices/<int:notice_id>/open
POST /notices/<int:notice_id>/read
POST /notices/read
POST /pages/<int:ident>/unwatch
POST /pages/<int:ident>/watch
GET /pages/<int:page_id>
GET /pages/<int:page_id>-<slug>
GET /pages/<int:page_id>/authors
GET /pages/<int:page_id>/comments
POST /pages/<int:page_id>/comments
POST /pages/<int:page_id>/comments/<int:comment_id>/reopen
POST /pages/<int:page_id>/comments/<int:comment_id>/resolve
POST /pages/<int:page_id>/comments/<int:comment_id>/withdraw
GET /pages/<int:page_id>/compare
GET /pages/<int:page_id>/history
GET /pages/<int:page_id>/links
GET /pages/<int:page_id>/revisions/<int:number>
GET /pages/<int:page_id>/source
GET /pages/by-title/<path:title>
GET /pages/orphans
GET /pages/titles
GET /pages/wanted
GET /persons/<int:person_id>
GET /persons/clients
GET /persons/duplicates
GET /products
GET /products/<slug>
GET /products/compare
GET /search
GET /search/glossary
POST /search/opened
GET /search/saved
POST /search/saved
GET /search/saved/<int:saved_id>
POST /search/saved/<int:saved_id>
POST /search/saved/<int:saved_id>/bring-back
POST /search/saved/<int:saved_id>/remove
GET /search/saved/news
POST /search/saved/news/<int:find_id>/open
POST /search/saved/news/read
GET /search/suggest
GET /tags/<path:tag>
GET /watching
"""

MANAGER = """
POST /api/clients/<int:client_id>/chart/edits
POST /api/clients/<int:client_id>/chart/undo
POST /api/pages
PUT /api/pages/<int:page_id>
POST /api/pages/<int:page_id>/restore
POST /clients/<int:client_id>/changes/<int:change_id>/undo
POST /clients/<int:client_id>/chart/outline
GET /clients/<int:client_id>/coverage/<int:person_id>
POST /clients/<int:client_id>/coverage/<int:person_id>
GET /clients/<int:client_id>/people/new
POST /clients/<int:client_id>/people/new
POST /clients/<int:client_id>/positions/<int:position_id>/<deed>
GET /clients/<int:client_id>/positions/new
POST /clients/<int:client_id>/positions/new
GET /clients/<int:client_id>/question
POST /clients/<int:client_id>/question
POST /clients/<int:one>/apart/<int:other>
GET /clients/<int:one>/merge/<int:other>
POST /clients/<int:one>/merge/<int:other>
POST /files
POST /files/<int:ident>/versions
POST /files/<int:ident>/versions/<int:number>/restore
GET /pages/<int:page_id>/edit
POST /pages/<int:page_id>/edit
POST /pages/<int:page_id>/editing
POST /pages/<int:page_id>/owner
GET /pages/<int:page_id>/properties
POST /pages/<int:page_id>/revisions/<int:number>/restore
POST /pages/<int:page_id>/revisions/<int:number>/undo
POST /pages/<int:page_id>/settle
POST /pages/<int:page_id>/twin
GET /pages/facts-form
GET /pages/new
POST /pages/new
POST /pages/preview
POST /persons/<int:one>/apart/<int:other>
GET /persons/<int:one>/merge/<int:other>
POST /persons/<int:one>/merge/<int:other>
POST /persons/<int:person_id>/<deed>
"""

DIRECTOR = """
POST /pages/<int:page_id>/archive
POST /pages/<int:page_id>/unarchive
GET /people
GET /people/<int:user_id>
POST /people/<int:user_id>
POST /people/<int:user_id>/deactivate
POST /people/<int:user_id>/reactivate
POST /people/invitations/<int:invitation_id>/withdraw
GET /people/invite
POST /people/invite
GET /people/teams
POST /people/teams
GET /people/teams/<int:team_id>
POST /people/teams/<int:team_id>
POST /people/teams/<int:team_id>/archive
POST /people/teams/<int:team_id>/restore
GET /products/categories
GET /products/categories/<int:category_id>
POST /products/categories/<int:category_id>
POST /products/categories/<int:category_id>/archive
GET /products/categories/new
POST /products/categories/new
GET /search/glossary/<int:group_id>
POST /search/glossary/<int:group_id>
POST /search/glossary/<int:group_id>/archive
POST /search/glossary/<int:group_id>/bring-back
POST /search/glossary/<int:group_id>/restore
GET /search/glossary/new
POST /search/glossary/new
GET /search/lessons
GET /search/lessons.csv
GET /transfer
GET /transfer/<int:job_id>
GET /transfer/<int:job_id>/download
GET /transfer/<int:job_id>/progress
POST /transfer/export
POST /transfer/import
"""

ADMIN = """
GET /people/history
"""

LEAST_ROLE = {
    route: role
    for role, routes in (
        ("public", PUBLIC),
        ("newcomer", NEWCOMER),
        ("manager", MANAGER),
        ("director", DIRECTOR),
        ("admin", ADMIN),
    )
    for route in routes.split("\n")
    if route
}
