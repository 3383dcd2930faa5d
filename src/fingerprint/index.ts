/** The fingerprint engine, without any reader or service: `@whorl/fingerprint`. */

export { DEFAULT_FMR, DEFAULT_FPIR, fmrOfScore, thresholdForFmr, thresholdForSearch } from './comparison/score.ts';
export { type EngineRunner, InlineRunner } from './engine/engine-runner.ts';
export {
  type CompareTask,
  type DescribeTask,
  type EngineTask,
  type EngineTaskResult,
  type ExtractTask,
  executeTask,
  type SearchTask,
} from './engine/engine-tasks.ts';
export { FingerprintEngine, type FingerprintEngineOptions, type SearchRotation } from './engine/fingerprint-engine.ts';
export { ENGINE_VERSION } from './engine-version.ts';
export { type ExtractOptions, type ExtractResult, extract } from './extract.ts';
export type { Guidance, SampleFlaw } from './extraction/guidance.ts';
export type { QualityComponents } from './extraction/quality-components.ts';
export type { SampleQuality } from './extraction/sample-quality.ts';
export type { SensorFrame } from './extraction/sensor-frame.ts';
export type { StageKey, StageRecord, TransparencySink } from './extraction/transparency.ts';
export { type IdentifyOptions, identify } from './identify.ts';
export { type ImportMinutiaeOptions, importMinutiae } from './import-minutiae.ts';
export type { Minutia, MinutiaType } from './minutia.ts';
export type { GallerySnapshot } from './search/gallery-snapshot.ts';
export { PackedGallery } from './search/packed-gallery.ts';
export {
  type SegmentSlapOptions,
  type Slap,
  type SlapFinger,
  type SlapHand,
  segmentSlap,
} from './segmentation/segment-slap.ts';
export type { FingerPattern, PatternClass } from './synthesis/finger-pattern.ts';
export { type MasterFinger, type SynthesizeFingerOptions, synthesizeFinger } from './synthesis/master-finger.ts';
export { type MinutiaMap, synthesizeMinutiae } from './synthesis/minutia-map.ts';
export { type ImpressionOptions, synthesizeImpression } from './synthesis/synthesize-impression.ts';
export { synthesizeTemplate } from './synthesis/synthesize-template.ts';
export { fingerSeed } from './synthesis/synthetic-person.ts';
export { decodeMinutiae } from './template/decode-minutiae.ts';
export { type ExportMinutiaeOptions, exportMinutiae } from './template/export-minutiae.ts';
export type { Impression } from './template/impression.ts';
export { decodeTemplate, encodeTemplate, MAX_VIEWS, TEMPLATE_FORMAT } from './template/template-codec.ts';
export { compare, type PairedMinutiae, pairMinutiae, type VerifyOptions, type VerifyResult, verify } from './verify.ts';
