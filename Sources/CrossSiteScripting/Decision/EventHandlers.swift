/// The events whose handlers decide, by the name behind `on`.
///
/// These are the events of HTML's own handlers (document, window, form, pointer, keyboard, media,
/// drag and touch) and a few that Internet Explorer added. Any name that begins with one counts, so
/// that `drag` stands for `dragenter` and the like too. The many events of later specifications
/// (animations, transitions, pointers, full screen, SVG's timing) are left out on purpose: see
/// docs/behaviour/cross-site-scripting.md.
enum EventHandlers {
  private static let events = NameTable<Void>([
    ("abort", ()), ("activate", ()), ("afterprint", ()),
    ("beforeactivate", ()), ("beforeprint", ()), ("beforeunload", ()), ("blur", ()),
    ("canplay", ()), ("change", ()), ("click", ()), ("contextmenu", ()), ("copy", ()),
    ("cut", ()),
    ("dblclick", ()), ("drag", ()), ("drop", ()), ("durationchange", ()),
    ("emptied", ()), ("ended", ()), ("error", ()),
    ("focus", ()), ("formchange", ()), ("forminput", ()),
    ("hashchange", ()),
    ("input", ()), ("invalid", ()),
    ("keydown", ()), ("keypress", ()), ("keyup", ()),
    ("load", ()),
    ("message", ()), ("mousedown", ()), ("mouseenter", ()), ("mouseleave", ()),
    ("mousemove", ()), ("mouseout", ()), ("mouseover", ()), ("mouseup", ()), ("mousewheel", ()),
    ("offline", ()), ("online", ()), ("open", ()),
    ("pagehide", ()), ("pageshow", ()), ("paste", ()), ("pause", ()), ("play", ()),
    ("popstate", ()), ("progress", ()), ("propertychange", ()),
    ("ratechange", ()), ("readystatechange", ()), ("reset", ()), ("resize", ()),
    ("scroll", ()), ("search", ()), ("seeked", ()), ("seeking", ()), ("select", ()), ("show", ()),
    ("stalled", ()), ("start", ()), ("storage", ()), ("submit", ()), ("suspend", ()),
    ("timeupdate", ()), ("toggle", ()), ("touchcancel", ()), ("touchend", ()), ("touchmove", ()),
    ("touchstart", ()),
    ("unload", ()),
    ("volumechange", ()),
    ("waiting", ()), ("wheel", ()),
  ])

  /// Whether the event is one of these or a name that begins with one.
  static func contains(_ event: PackedName) -> Bool {
    events.meaning(ofPrefixOf: event) != nil
  }
}
