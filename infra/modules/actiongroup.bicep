@description('The name of the action group.')
param name string

@description('The address that alerts are sent to. Empty sends them to the owners of the subscription.')
param email string

@description('Tags of every resource.')
param tags object

var owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'mayhem'
    emailReceivers: empty(email) ? [] : [
      {
        name: 'operators'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
    armRoleReceivers: empty(email) ? [
      {
        name: 'owners'
        roleId: owner
        useCommonAlertSchema: true
      }
    ] : []
  }
}

@description('The resource id of the action group.')
output id string = group.id
