using Mayhem.Journal;
using Microsoft.Win32.SafeHandles;

namespace Mayhem.Core.Tests.Journal;

/// <summary>A disk whose flushes can be held up.</summary>
internal sealed class SlowDisk : JournalDisk, IDisposable
{
    private readonly ManualResetEventSlim open = new(initialState: true);
    private readonly ManualResetEventSlim waiting = new();

    public void Hold() => open.Reset();

    public void WaitUntilHeld() => Assert.True(waiting.Wait(TimeSpan.FromSeconds(10)));

    public void Release() => open.Set();

    public override void Flush(SafeFileHandle file)
    {
        if (!open.IsSet)
            waiting.Set();
        open.Wait();
        base.Flush(file);
    }

    public void Dispose()
    {
        open.Dispose();
        waiting.Dispose();
    }
}
