using Mayhem.Reports;

namespace Mayhem.Reporting.Thinning;

/// <summary>The failures of one cause that follow each other closely.</summary>
internal sealed class Storm(StormThinningOptions options, TimeProvider timeProvider)
{
    private readonly Lock gate = new();
    private long seen;
    private long nextInFull = 2L * options.InFull;
    private long lastSeen = timeProvider.GetTimestamp();
    private long lastTold = timeProvider.GetTimestamp();
    private ExceptionReport? lastWithheld;
    private int withheld;
    private bool retired;

    /// <summary>No failure has come for a while.</summary>
    public bool IsOver
    {
        get
        {
            lock (gate)
                return IsQuiet(timeProvider.GetTimestamp());
        }
    }

    /// <summary>Counts one more. False if the storm had been retired before: the failure belongs to the next one.</summary>
    public bool TryCount(ExceptionReport report, out bool tell, out int unreported)
    {
        lock (gate)
        {
            tell = false;
            unreported = 0;
            if (retired)
                return false;
            var now = timeProvider.GetTimestamp();
            if (IsQuiet(now))
                Begin();
            seen++;
            lastSeen = now;
            tell = IsTold(now);
            if (tell)
            {
                unreported = withheld;
                lastTold = now;
                ForgetWithheld();
            }
            else
            {
                withheld++;
                lastWithheld = report;
            }

            return true;
        }
    }

    /// <summary>Retires the storm if it is quiet. A retired storm counts no more failures.</summary>
    /// <param name="unlessWithholding">Leaves a storm alone of which something has yet to be told.</param>
    public bool TryRetire(bool unlessWithholding)
    {
        lock (gate)
        {
            if (!IsQuiet(timeProvider.GetTimestamp()) || (unlessWithholding && withheld > 0))
                return false;
            retired = true;
            return true;
        }
    }

    /// <summary>What was withheld since the storm was last told of; null if nothing was.</summary>
    public WithheldReport? TakeWithheld()
    {
        lock (gate)
        {
            if (lastWithheld is not { } report)
                return null;
            var taken = new WithheldReport(report, withheld - 1);
            lastTold = timeProvider.GetTimestamp();
            ForgetWithheld();
            return taken;
        }
    }

    private bool IsQuiet(long now) => timeProvider.GetElapsedTime(lastSeen, now) >= options.Quiet;

    private bool IsTold(long now)
    {
        if (seen <= options.InFull)
            return true;
        if (seen < nextInFull)
            return timeProvider.GetElapsedTime(lastTold, now) >= options.Interval;
        nextInFull = seen * 2;
        return true;
    }

    private void Begin()
    {
        seen = 0;
        nextInFull = 2L * options.InFull;
    }

    private void ForgetWithheld()
    {
        withheld = 0;
        lastWithheld = null;
    }
}
