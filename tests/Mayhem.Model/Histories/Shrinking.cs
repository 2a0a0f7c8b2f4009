namespace Mayhem.Model.Histories;

/// <summary>Makes a history that fails as short and plain as it can be made while it goes on failing.</summary>
internal static class Shrinking
{
    private const int MostRuns = 1000;

    /// <summary>Removes steps, many at a time at first, then makes those that are left simpler; again until nothing helps.</summary>
    /// <param name="failing">A history that fails.</param>
    /// <param name="fails">Runs a history.</param>
    public static History Shrink(History failing, Func<History, bool> fails)
    {
        var runs = 0;
        for (var shorter = true; shorter;)
        {
            shorter = false;
            foreach (var candidate in WithLess(failing).Concat(Simpler(failing)))
            {
                if (++runs > MostRuns)
                    return failing;
                if (!fails(candidate))
                    continue;
                (failing, shorter) = (candidate, true);
                break;
            }
        }

        return failing;
    }

    private static IEnumerable<History> WithLess(History history)
    {
        for (var size = history.Steps.Count; size >= 1; size /= 2)
        {
            for (var from = 0; from + size <= history.Steps.Count; from += size)
                yield return history with { Steps = [.. history.Steps.Take(from), .. history.Steps.Skip(from + size)] };
        }
    }

    private static IEnumerable<History> Simpler(History history)
    {
        for (var place = 0; place < history.Steps.Count; place++)
        {
            foreach (var step in Simpler(history.Steps[place]))
                yield return history with { Steps = [.. history.Steps.Take(place), step, .. history.Steps.Skip(place + 1)] };
        }
    }

    private static IEnumerable<Step> Simpler(Step step)
    {
        switch (step)
        {
            case Step.SendStep send:
                if (send.Sort != Sort.Plain)
                    yield return send with { Sort = Sort.Plain };
                if (send.Request > 1)
                    yield return send with { Request = 1 };
                break;
            case Step.NextStep { Fault: { Kind: FaultKind.Fail } fault } next when fault.Flaw != Flaw.Broken && fault.Flaw != Flaw.RestartFailed:
                yield return next with { Fault = fault with { Flaw = Flaw.Broken } };
                break;
            case Step.ResumeStep { Which: > 0 } resume:
                yield return resume with { Which = 0 };
                break;
            case Step.CancelStep { Which: > 0 } cancel:
                yield return cancel with { Which = 0 };
                break;
            case Step.CrashStep { Machine: true }:
                yield return Steps.Crash;
                break;
            case Step.StallStep stall:
                yield return Steps.Pass(stall.Seconds);
                break;
        }
    }
}
