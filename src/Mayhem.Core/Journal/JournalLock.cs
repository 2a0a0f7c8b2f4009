using System.Globalization;

namespace Mayhem.Journal;

/// <summary>
/// Keeps a second process away from a journal's folder. The operating system lets go of the lock when the process dies. The process id lies
/// in a file of its own, because nobody can read the locked one.
/// </summary>
internal sealed class JournalLock : IDisposable
{
    private readonly FileStream lockFile;

    private JournalLock(FileStream lockFile) => this.lockFile = lockFile;

    public static JournalLock Take(string folder)
    {
        var path = Path.Combine(folder, "journal.lock");
        var pidPath = Path.Combine(folder, "journal.pid");
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (IsSharingViolation(held))
        {
            throw new JournalInUseException(folder, ReadProcessId(pidPath), held);
        }
        try
        {
            File.WriteAllText(pidPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch
        {
            file.Dispose();
            throw;
        }
        return new JournalLock(file);
    }

    /// <summary>ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows; EWOULDBLOCK of Linux and of macOS.</summary>
    private static bool IsSharingViolation(IOException failure) =>
        OperatingSystem.IsWindows() ? (failure.HResult & 0xFFFF) is 32 or 33 : failure.HResult is 11 or 35;

    private static int? ReadProcessId(string path)
    {
        try
        {
            return int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose() => lockFile.Dispose();
}
