import ArgumentParser
import WAFTraffic

/// In which format recordings are.
struct TrafficFormatOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The format of the recordings; unless given, the first bytes of each input tell. Native "
        + "records are waf-log.", valueName: "format"))
  var formatIn = TrafficFormat.auto
}

extension TrafficFormat: ExpressibleByArgument {}
