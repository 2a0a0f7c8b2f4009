namespace Mayhem.Local.Fleet;

/// <summary>How long to wait before a host that died by itself is booted again: 100 ms, doubled for each death soon after its boot, 30 s at most.</summary>
internal sealed class BootBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);
    private TimeSpan next = First;

    /// <summary>The pause after a process that lived for so long.</summary>
    public TimeSpan After(TimeSpan lived)
    {
        var pause = lived >= Settled ? First : next;
        next = pause * 2 < Longest ? pause * 2 : Longest;
        return pause;
    }
}
