namespace Mayhem.AzureSurface;

/// <summary>The one error of everything that is declared here and works only with the packages.</summary>
internal static class Surface
{
    internal static NotSupportedException NeedsPackages(string member) =>
        new($"{member} needs the Azure packages, and this build only declares their API: build with -p:AzureSdk=packages (the default of Release).");
}
