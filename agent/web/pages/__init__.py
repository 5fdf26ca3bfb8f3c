"""The pages, one file each: `PATH` (a Starlette route path) and `page(request) -> Response`, called in a thread.

A file whose name begins with `_` is no page. `agent.web.app` finds the rest by itself.
"""
