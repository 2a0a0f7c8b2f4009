using Mayhem.Local.Chaos.KillPoints;

namespace Mayhem.Crash;

/// <summary>One way to kill a run.</summary>
internal abstract record Kill
{
    /// <summary>At a named point.</summary>
    public sealed record AtPoint(KillPlan Plan) : Kill;

    /// <summary>Some time after so many hosts were started; 0 for after the process itself was.</summary>
    public sealed record AtMoment(int Starts, TimeSpan After) : Kill;

    /// <summary>Asked to stop after so many hosts were started, and killed some time later.</summary>
    public sealed record WhileStopping(int Starts, TimeSpan Later) : Kill;

    /// <summary>One that the dice choose.</summary>
    public static Kill Next(Random random) => random.Next(20) switch
    {
        < 2 => new AtMoment(0, Milliseconds(random, 700)),
        < 12 => new AtMoment(random.Next(1, 10), Milliseconds(random, 250)),
        < 15 => new WhileStopping(random.Next(2, 8), Milliseconds(random, 500)),
        _ => new AtPoint(new KillPlan(random.GetItems(Enum.GetValues<KillPoint>(), 1)[0], random.Next(1, 7))),
    };

    private static TimeSpan Milliseconds(Random random, int most) => TimeSpan.FromMilliseconds(random.Next(most));
}
