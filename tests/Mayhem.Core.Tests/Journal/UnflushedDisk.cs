using Mayhem.Journal;
using Microsoft.Win32.SafeHandles;

namespace Mayhem.Core.Tests.Journal;

/// <summary>Leaves out the flushes: for tests that open a journal a thousand times and never lose power.</summary>
internal sealed class UnflushedDisk : JournalDisk
{
    public override void Flush(SafeFileHandle file)
    {
    }

    public override void FlushFolder(string folder)
    {
    }
}
