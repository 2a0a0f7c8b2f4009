namespace Mayhem.Model.Histories;

/// <summary>Draws histories by chance: the same seed gives the same one.</summary>
internal static class RandomHistories
{
    private const int Longest = 45;

    private static readonly (int Weight, Func<Random, Step> Draw)[] Kinds =
    [
        (11, random => Steps.Send(random.Next(1, 4), DrawSort(random))),
        (24, _ => Steps.Receive),
        (2, _ => Steps.Prefetch),
        (2, _ => Steps.Start),
        (22, DrawTargetFault),
        (14, DrawLedgerFault),
        (14, DrawBrokerFault),
        (8, random => Steps.Resume(random.Next(4))),
        (20, random => Steps.Pass(DrawSpan(random))),
        (2, random => Steps.Stall(DrawSpan(random))),
        (4, random => Steps.Jump(random.Next(2) == 0 ? DrawSpan(random) : -DrawSpan(random))),
        (5, _ => Steps.Crash),
        (1, _ => Steps.CrashMachine),
        (3, _ => Steps.Drain),
        (3, random => Steps.Cancel(random.Next(3))),
        (1, _ => Steps.FillDisk),
    ];

    private static readonly int Weights = Kinds.Sum(kind => kind.Weight);

    private static readonly Flaw[] WithoutEffect =
        [Flaw.RestartFailed, Flaw.Throttled, Flaw.BrieflyThrottled, Flaw.NotFound, Flaw.Denied, Flaw.Wrapped, Flaw.Ambiguous, Flaw.Broken, Flaw.TimedOut, Flaw.OutOfMemory, Flaw.Surprise];

    private static readonly Flaw[] Unclear = [Flaw.Ambiguous, Flaw.Broken, Flaw.TimedOut, Flaw.Cancelled, Flaw.OutOfMemory, Flaw.Surprise];

    private static readonly Flaw[] WhileWatching = [Flaw.RestartFailed, Flaw.RestartFailed, Flaw.Ambiguous, Flaw.Broken, Flaw.TimedOut, Flaw.Cancelled, Flaw.OutOfMemory, Flaw.Wrapped];

    public static History Draw(ulong seed)
    {
        var random = new Random((int)(seed ^ (seed >> 32)));
        var variant = new Variant(random.Next(Variant.Count));
        var steps = new List<Step> { Steps.Send(1) };
        var length = random.Next(3, Longest);
        while (steps.Count < length)
        {
            // What goes wrong may go wrong several times: only so are attempts used up.
            var step = DrawStep(random);
            var times = step is Step.NextStep { Fault.Kind: FaultKind.Fail } && random.Next(8) == 0 ? random.Next(2, 9) : 1;
            steps.AddRange(Enumerable.Repeat(step, times));
        }

        return new History(variant, steps);
    }

    private static Step DrawStep(Random random)
    {
        var drawn = random.Next(Weights);
        foreach (var (weight, draw) in Kinds)
        {
            if ((drawn -= weight) < 0)
                return draw(random);
        }

        throw new InvalidOperationException("The weights do not add up.");
    }

    private static Sort DrawSort(Random random) => random.Next(12) switch { 11 => Sort.Deadly, 0 => Sort.Poison, 1 => Sort.Urgent, 2 or 3 => Sort.Brief, 4 or 5 => Sort.Again, _ => Sort.Plain };

    private static double DrawSpan(Random random) => random.Next(8) switch { 0 => 0.3, 1 => 1, 2 => 3, 3 => 7, 4 => 20, 5 => 45, 6 => 100, _ => 700 };

    private static Step DrawTargetFault(Random random) => random.Next(9) switch
    {
        < 4 => Steps.Next(Call.Issue, DrawEnd(random, Of(WithoutEffect, random), Of(Unclear, random))),
        < 8 => Steps.Next(Call.Watch, DrawEnd(random, Of(WhileWatching, random), Flaw.Broken)),
        _ => Steps.Next(Call.Find, DrawEnd(random, Flaw.Broken, Flaw.TimedOut)),
    };

    private static Step DrawLedgerFault(Random random)
    {
        var call = Of([Call.Look, Call.RecordIntent, Call.RecordIssued, Call.RecordFailed, Call.RecordRestarted, Call.RecordUnsettled, Call.CountUnsettled, Call.RecordTrial, Call.FindTrial, Call.RecordCopy, Call.FindCopy, Call.FindFailure, Call.Save], random);
        var flaw = call is Call.RecordIntent or Call.Save && random.Next(6) == 0 ? Flaw.OutOfMemory : Flaw.Broken;
        return Steps.Next(call, DrawEnd(random, flaw, flaw));
    }

    private static Step DrawBrokerFault(Random random) => Steps.Next(
        Of([Call.Complete, Call.Abandon, Call.DeadLetter, Call.Schedule, Call.Schedule, Call.Renew, Call.Renew], random), DrawEnd(random, Flaw.Broken, Flaw.Broken));

    private static Fault DrawEnd(Random random, Flaw before, Flaw after) => random.Next(10) switch
    {
        < 5 => Steps.Fails(before),
        5 => Steps.FailsAfterwards(after),
        6 => Steps.Hangs,
        7 => Steps.HangsAfterwards,
        8 => Steps.Dies,
        _ => Steps.DiesAfterwards,
    };

    private static T Of<T>(T[] values, Random random) => values[random.Next(values.Length)];
}
