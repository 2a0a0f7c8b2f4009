namespace Mayhem.Reporting.Folders;

/// <summary>The right of one process to act on a folder. The operating system takes it back when the process dies.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>Takes the right; null if somebody else has it, or the folder cannot be written to.</summary>
    public static FolderLock? TryTake(string folder)
    {
        try
        {
            return new FolderLock(new FileStream(Path.Combine(folder, ".owner"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();
}
