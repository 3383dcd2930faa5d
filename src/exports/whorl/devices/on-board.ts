/** `whorl/devices/on-board`: a reader that matches inside, as the sensor, engine and storage of a unit. */

export {
  DEVICE_TEMPLATE_FORMAT,
  type DeviceTemplate,
  decodeDeviceTemplate,
  encodeDeviceTemplate,
} from '../../../devices/on-board/device-template.ts';
export {
  deviceDatabaseId,
  type OnBoardUnit,
  type OnBoardUnitOptions,
  onBoardUnit,
} from '../../../devices/on-board/on-board-unit.ts';
export { OnBoardUnits } from '../../../devices/on-board/on-board-units.ts';
