using System.Globalization;
using Mayhem.Breakers;

namespace Mayhem.Cli.Up.Display;

/// <summary>How a group of hosts stands, in a few words.</summary>
internal static class GroupText
{
    /// <summary>As <c>breaker open, 12 of 20 attempts failed; one tries in 9 s</c>.</summary>
    public static string Of(GroupSnapshot group, DateTimeOffset now)
    {
        var breaker = group.State switch
        {
            BreakerState.Open => $"breaker open, {Failed(group)}; one tries {In(group.NextProbeAt, now)}",
            BreakerState.HalfOpen => $"breaker half open, {Failed(group)}; one tries",
            _ => null,
        };
        var delay = group.DelayedUntil is { } until ? $"asked to be left alone for {Seconds(until - now)}" : null;
        return string.Join("; ", new[] { breaker, delay }.OfType<string>());
    }

    private static string Failed(GroupSnapshot group) => $"{group.Results.Failed} of {group.Results.All} attempts failed";

    private static string In(DateTimeOffset? time, DateTimeOffset now) => time > now ? $"in {Seconds(time.Value - now)}" : "when a message comes";

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):0} s");
}
