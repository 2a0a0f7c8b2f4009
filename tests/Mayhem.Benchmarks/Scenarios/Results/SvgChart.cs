using System.Globalization;
using System.Xml.Linq;
using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>The medians as bars: a panel for each workload, two beside each other, each with its own scale. Readable on light and on dark ground.</summary>
internal static class SvgChart
{
    private const int PanelWidth = 490;
    private const int PanelGap = 30;
    private const int Left = 146;
    private const int Longest = 210;
    private const int Bar = 16;
    private const int Pitch = 21;
    private const int Head = 44;
    private const int Foot = 34;
    private const int Title = 58;

    private const string Style = """
        text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328; }
        .quiet { fill: #59636e; font-size: 11px; } .title { font-size: 16px; font-weight: 600; } .panel { font-weight: 600; }
        .end { text-anchor: end; } .middle { text-anchor: middle; }
        line { stroke: #d1d9e0; } .c0, .c1 { fill: #9aa5b1; } .c2 { fill: #c77d2b; } .c3 { fill: #1f6feb; } .c4 { fill: #6aa5f5; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; } .quiet { fill: #9198a1; } line { stroke: #3d444d; }
          .c0, .c1 { fill: #6e7781; } .c2 { fill: #e3a04f; } .c3 { fill: #4493f8; } .c4 { fill: #87b7f7; }
        }
        """;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Of(IReadOnlyList<Outcome> outcomes, int rounds)
    {
        var contenders = Field.All.Keys.ToList();
        var most = outcomes.Count == 0 ? 0 : outcomes.Max(outcome => outcome.Medians.Count);
        var panelHeight = Head + (most * Pitch) + Foot;
        var columns = Math.Min(2, Math.Max(1, outcomes.Count));
        var width = (columns * (PanelWidth + PanelGap)) + PanelGap;
        var height = Title + ((outcomes.Count + columns - 1) / columns * panelHeight);
        var chart = new XElement(
            Svg + "svg", new XAttribute("viewBox", Invariant($"0 0 {width} {height}")), new XAttribute("width", width), new XAttribute("height", height), new XAttribute("role", "img"),
            new XElement(Svg + "title", "Mayhem beside its peers"), new XElement(Svg + "style", Style),
            Text(PanelGap, 26, "Mayhem beside its peers", "title"),
            Text(PanelGap, 44, Invariant($"medians of {rounds} rounds; in brackets: times as good as {Field.MassTransit}"), "quiet"));
        for (var place = 0; place < outcomes.Count; place++)
            chart.Add(Panel(outcomes[place], contenders, PanelGap + (place % columns * (PanelWidth + PanelGap)), Title + (place / columns * panelHeight)));
        return chart.ToString();
    }

    private static XElement Panel(Outcome outcome, List<string> contenders, int x, int y)
    {
        var panel = new XElement(Svg + "g", new XAttribute("transform", Invariant($"translate({x} {y})")), Text(0, 18, outcome.Workload.Title, "panel"), Text(0, 34, Axis(outcome.Workload.Measure), "quiet"));
        var (end, tick) = Scale(outcome.Medians.Values.Max(outcome.Figure));
        var bottom = Head + (outcome.Medians.Count * Pitch) + 2;
        for (var value = 0.0; value <= end * 1.001; value += tick)
        {
            var at = Left + (int)(value / end * Longest);
            panel.Add(
                new XElement(Svg + "line", new XAttribute("x1", at), new XAttribute("x2", at), new XAttribute("y1", Head - 3), new XAttribute("y2", bottom)),
                Text(at, bottom + 13, Short(value), "quiet middle"));
        }

        var row = Head;
        foreach (var (name, run) in outcome.Medians)
        {
            var length = Math.Max(1, (int)(outcome.Figure(run) / end * Longest));
            panel.Add(
                Text(Left - 8, row + 12, name, "end"),
                new XElement(
                    Svg + "rect", new XAttribute("x", Left), new XAttribute("y", row), new XAttribute("width", length), new XAttribute("height", Bar), new XAttribute("rx", 2),
                    new XAttribute("class", Invariant($"c{contenders.IndexOf(name)}"))),
                Text(Left + length + 6, row + 12, Figures.First(outcome.Workload, run) + Ratio(outcome, name), ""));
            row += Pitch;
        }

        return panel;
    }

    private static string Axis(Measure measure) => measure switch
    {
        Measure.Wall => "milliseconds from the first message to the last, less is better",
        Measure.Latency => "microseconds from sending to handling, 99th percentile, less is better",
        _ => "messages a second, more is better",
    };

    private static string Ratio(Outcome outcome, string name) =>
        name != Field.MassTransit && outcome.Ratio(name, Field.MassTransit) is { } ratio ? Invariant($" ({ratio:0.0} x)") : "";

    /// <summary>A round end of an axis, and the steps to it.</summary>
    private static (double End, double Tick) Scale(double longest)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(longest)));
        var tick = (longest / unit) switch { < 2 => unit / 2, < 5 => unit, _ => unit * 2 };
        return (Math.Ceiling(longest / tick) * tick, tick);
    }

    private static string Short(double value) => value switch
    {
        >= 1_000_000 => Invariant($"{value / 1_000_000:0.#} M"),
        >= 10_000 => Invariant($"{value / 1_000:0.#} k"),
        _ => Invariant($"{value:0.#}"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static XElement Text(int x, int y, string text, string kind) => new(Svg + "text", new XAttribute("x", x), new XAttribute("y", y), new XAttribute("class", kind), text);
}
