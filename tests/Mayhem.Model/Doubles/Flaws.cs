using Mayhem.Model.Histories;
using Mayhem.Restarts;

namespace Mayhem.Model.Doubles;

/// <summary>The exceptions behind the names.</summary>
internal static class Flaws
{
    public static Exception Make(Flaw flaw) => flaw switch
    {
        Flaw.RestartFailed => new RestartFailedException("The host did not come back."),
        Flaw.Ambiguous => new AmbiguousRestartException("The answer was lost."),
        Flaw.Throttled => new RestartThrottledException("Too many restarts.", TimeSpan.FromSeconds(40)),
        Flaw.BrieflyThrottled => new RestartThrottledException("Too many restarts.", TimeSpan.FromSeconds(2)),
        Flaw.NotFound => new HostNotFoundException("h"),
        Flaw.Denied => new RestartDeniedException("Not this one."),
        Flaw.Broken => new IOException("The connection broke."),
        Flaw.TimedOut => new TimeoutException("No answer."),
        Flaw.Cancelled => new TaskCanceledException("Somebody's time-out."),
        Flaw.OutOfMemory => new OutOfMemoryException(),
        Flaw.Surprise => new NotSupportedException("Nobody expected this."),
        Flaw.Wrapped => new AggregateException(new RestartFailedException("The host did not come back, in two layers.")),
        _ => throw new ArgumentOutOfRangeException(nameof(flaw), flaw, "There is no such flaw."),
    };
}
