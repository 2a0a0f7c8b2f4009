namespace Mayhem.Reporting.Dispatch;

/// <summary>Counts what becomes of an outlet's reports, and knows when none is left in memory. Thread-safe.</summary>
internal sealed class Tally
{
    private readonly Lock gate = new();
    private readonly List<TaskCompletionSource> waiting = [];
    private int inMemory;
    private bool sending;
    private long sent;
    private long resent;
    private long failed;
    private long refused;
    private long dropped;

    /// <summary>A report has come.</summary>
    public void Enter()
    {
        lock (gate)
            inMemory++;
    }

    /// <summary>A report has gone, wherever to.</summary>
    public void Leave()
    {
        lock (gate)
            LeaveUnderLock();
    }

    /// <summary>A report is lost.</summary>
    /// <param name="entered">True if it was still waiting, and so has gone as well.</param>
    public void Drop(bool entered = true)
    {
        lock (gate)
        {
            dropped++;
            if (entered)
                LeaveUnderLock();
        }
    }

    /// <summary>A try begins.</summary>
    public void Begin()
    {
        lock (gate)
            sending = true;
    }

    /// <summary>The try has ended, well or not.</summary>
    public void End()
    {
        lock (gate)
            sending = false;
    }

    /// <summary>A report has arrived.</summary>
    public void Sent(bool again)
    {
        lock (gate)
        {
            sent++;
            if (again)
                resent++;
        }
    }

    /// <summary>A try has failed.</summary>
    public void Fail()
    {
        lock (gate)
            failed++;
    }

    /// <summary>A report will never be taken.</summary>
    public void Refuse()
    {
        lock (gate)
            refused++;
    }

    /// <summary>Ends when no report is left in memory.</summary>
    public Task EmptiedAsync()
    {
        lock (gate)
        {
            if (inMemory == 0)
                return Task.CompletedTask;
            var emptied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add(emptied);
            return emptied.Task;
        }
    }

    /// <summary>The counts now.</summary>
    public SinkCounts Counts(string name, int spooled, long droppedBySpool)
    {
        lock (gate)
            return new SinkCounts(name, sent, resent, failed, refused, dropped + droppedBySpool, inMemory, spooled, sending);
    }

    private void LeaveUnderLock()
    {
        if (--inMemory > 0)
            return;
        waiting.ForEach(emptied => emptied.SetResult());
        waiting.Clear();
    }
}
