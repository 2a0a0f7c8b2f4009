using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Mayhem.Journal;

/// <summary>Every change a journal makes to the disk, so that tests can watch, fail or interrupt each.</summary>
public class JournalDisk
{
    /// <summary>The disk as it is.</summary>
    public static JournalDisk Real { get; } = new();

    /// <summary>Writes all of the bytes.</summary>
    public virtual void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long position) => RandomAccess.Write(file, bytes, position);

    /// <summary>Cuts a log off.</summary>
    public virtual void Truncate(SafeFileHandle file, long length) => RandomAccess.SetLength(file, length);

    /// <summary>Makes durable what was written.</summary>
    public virtual void Flush(SafeFileHandle file)
    {
        // Times of access and change, which fsync would make durable as well, matter to nobody.
        if (!OperatingSystem.IsLinux())
            RandomAccess.FlushToDisk(file);
        else if (Native.FlushData(file) != 0)
            throw Failure("The log", Marshal.GetLastPInvokeError());
    }

    /// <summary>Gives a complete log its name.</summary>
    public virtual void Rename(string from, string to) => File.Move(from, to);

    /// <summary>Removes a log that does not count any more.</summary>
    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Makes renames and deletions in the folder durable. Windows needs no such thing and has none.</summary>
    public virtual void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Native.Open(Encoding.UTF8.GetBytes(folder + '\0'), Native.ReadOnly);
        if (descriptor < 0)
            throw Failure($"The folder '{folder}'", Marshal.GetLastPInvokeError());
        try
        {
            if (Native.Fsync(descriptor) != 0)
                throw Failure($"The folder '{folder}'", Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = Native.Close(descriptor);
        }
    }

    private static IOException Failure(string what, int error)
    {
        var cause = new Win32Exception(error);
        return new IOException($"{what} could not be flushed to the disk: {cause.Message}.", cause);
    }

    private static class Native
    {
        public const int ReadOnly = 0;

        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open(byte[] path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Fsync(int descriptor);

        [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int FlushData(SafeFileHandle file);

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int descriptor);
    }
}
