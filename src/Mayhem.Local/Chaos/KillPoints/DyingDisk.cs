using Mayhem.Journal;
using Microsoft.Win32.SafeHandles;

namespace Mayhem.Local.Chaos.KillPoints;

/// <summary>Watches what a journal does to the disk.</summary>
internal sealed class DyingDisk(KillSwitch killSwitch, KillPoint torn) : JournalDisk
{
    public override void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long position)
    {
        // At the start of a log is its header, which is complete before the log counts.
        if (position > 0 && killSwitch.IsDue(torn))
        {
            base.Write(file, bytes[..(bytes.Length / 2)], position);
            KillSwitch.Die();
        }
        base.Write(file, bytes, position);
    }

    public override void Rename(string from, string to)
    {
        killSwitch.Pass(KillPoint.BeforeLogRename);
        base.Rename(from, to);
        killSwitch.Pass(KillPoint.AfterLogRename);
    }
}
