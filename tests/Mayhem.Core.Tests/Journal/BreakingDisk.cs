using Mayhem.Journal;
using Microsoft.Win32.SafeHandles;

namespace Mayhem.Core.Tests.Journal;

/// <summary>Calls a hook before each change to the disk, by the change's name; the hook may throw, or look at what a crash would leave.</summary>
internal sealed class BreakingDisk : JournalDisk
{
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Whether a write gets halfway before the hook is called.</summary>
    public bool TearsWrites { get; set; }

    public override void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long position)
    {
        Before("write");
        if (TearsWrites)
        {
            base.Write(file, bytes[..(bytes.Length / 2)], position);
            Before("half a write");
        }
        base.Write(file, bytes, position);
    }

    public override void Flush(SafeFileHandle file)
    {
        Before("flush");
        base.Flush(file);
    }

    public override void Rename(string from, string to)
    {
        Before("rename");
        base.Rename(from, to);
    }

    public override void FlushFolder(string folder)
    {
        Before("flush folder");
        base.FlushFolder(folder);
    }

    public override void Delete(string path)
    {
        Before("delete");
        base.Delete(path);
    }
}
