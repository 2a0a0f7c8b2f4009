using System.Globalization;
using System.Xml.Linq;
using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>The throughputs as bars, a group for each workload; each group has its own scale.</summary>
internal static class SvgChart
{
    private const int Width = 820;
    private const int Left = 170;
    private const int Longest = 480;
    private const int Bar = 18;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string[] Colours = ["#9aa5b1", "#b8c0c8", "#d08a3c", "#1f6feb", "#5a94ee"];

    public static string Of(IEnumerable<Outcome> outcomes)
    {
        var chart = new XElement(Svg + "svg", new XAttribute("font-family", "system-ui, sans-serif"), new XAttribute("font-size", 12));
        var y = 10;
        foreach (var outcome in outcomes.Where(outcome => outcome.Workload.Measure == Measure.Throughput))
        {
            chart.Add(Text(0, y + 13, outcome.Workload.Title + ", messages a second", "bold"));
            y += 22;
            var best = outcome.Medians.Values.Max(run => run.PerSecond);
            foreach (var (name, run) in outcome.Medians)
            {
                var length = Math.Max(1, (int)(run.PerSecond / best * Longest));
                chart.Add(Text(0, y + 13, name), Rectangle(y, length, Colours[Field.All.Keys.ToList().IndexOf(name)]), Text(Left + length + 6, y + 13, Figures.Throughput(run)));
                y += Bar + 4;
            }

            y += 14;
        }

        chart.Add(new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {y}")), new XAttribute("width", Width), new XAttribute("height", y));
        return chart.ToString();
    }

    private static XElement Rectangle(int y, int length, string colour) => new(
        Svg + "rect", new XAttribute("x", Left), new XAttribute("y", y), new XAttribute("width", length), new XAttribute("height", Bar), new XAttribute("rx", 3), new XAttribute("fill", colour));

    private static XElement Text(int x, int y, string text, string weight = "normal") => new(
        Svg + "text", new XAttribute("x", x), new XAttribute("y", y), new XAttribute("font-weight", weight), new XAttribute("fill", "#57606a"), text);
}
