using Mayhem.Local.Chaos.KillPoints;

namespace Mayhem.Crash;

/// <summary>One way to kill a run.</summary>
internal abstract record Kill
{
    /// <summary>At a named point.</summary>
    public sealed record AtPoint(KillPlan Plan) : Kill;

    /// <summary>Some time after the process was started, or after its first host was.</summary>
    public sealed record AtMoment(TimeSpan After, bool FirstHost) : Kill;

    /// <summary>Asked to stop some time after its first host was started, and killed some time later.</summary>
    public sealed record WhileStopping(TimeSpan After, TimeSpan Later) : Kill;

    /// <summary>One that the dice choose.</summary>
    public static Kill Next(Random random) => random.Next(20) switch
    {
        < 2 => new AtMoment(Milliseconds(random, 700), FirstHost: false),
        < 12 => new AtMoment(Milliseconds(random, 1200), FirstHost: true),
        < 15 => new WhileStopping(Milliseconds(random, 800), Milliseconds(random, 500)),
        _ => new AtPoint(new KillPlan(random.GetItems(Enum.GetValues<KillPoint>(), 1)[0], random.Next(1, 7))),
    };

    private static TimeSpan Milliseconds(Random random, int most) => TimeSpan.FromMilliseconds(random.Next(most));
}
