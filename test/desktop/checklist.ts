/**
 * The tests that fprintd has of its daemon and programs, 216 of version 1.92, and which test of ours, or which answer, stands for
 * each. `docs/fprintd-checklist.md` is made from it.
 */

/** What stands for some of fprintd's tests. */
export type ChecklistRow = {
  /** Their names, without `test_`. Those of `FPrintdUtilsTest` that others are named like begin with `utils:`. */
  readonly names: readonly string[];
} & (
  | {
      readonly file: 'bus-interface' | 'fprint-service' | 'stock-clients' | 'pam' /** Title of the test. */;
      readonly title: string;
    }
  | { readonly answer: string }
);

/** fprintd has the first name twice in one class, the second in two: with them, there are 216. */
export const TWICE = ['initial_finger_needed', 'verify_error_ignored_after_report'];

export const CHECKLIST: readonly ChecklistRow[] = [
  {
    file: 'bus-interface',
    title: 'the manager lists the readers, and names the first',
    names: ['manager_get_devices', 'manager_get_default_device', 'manager_get_devices_on_name_appeared'],
  },
  {
    file: 'fprint-service',
    title: 'without a reader there is none, and no first one',
    names: ['manager_get_no_devices', 'manager_get_no_default_device'],
  },
  {
    file: 'bus-interface',
    title: 'a reader has a name, a kind and a state',
    names: ['name_property', 'enroll_stages_property', 'scan_type', 'initial_finger_needed'],
  },
  {
    file: 'bus-interface',
    title: 'it is claimed and let go for the caller by either name, and for others',
    names: ['allowed_claim_current_user', 'multiple_claims'],
  },
  {
    file: 'bus-interface',
    title: 'of two claims at once, and of two releases, one is refused',
    names: ['concourrent_claim', 'concourrent_release'],
  },
  {
    file: 'bus-interface',
    title: 'calls without a claim are refused',
    names: [
      'unclaimed_release',
      'unclaimed_verify_start',
      'unclaimed_verify_stop',
      'unclaimed_enroll_start',
      'unclaimed_enroll_stop',
      'unclaimed_delete_enrolled_finger',
      'unclaimed_delete_enrolled_fingers2',
    ],
  },
  {
    file: 'bus-interface',
    title: 'calls of another client are refused while it is claimed',
    names: [
      'delete_enrolled_fingers_from_other_client',
      'delete_enrolled_fingers2_from_other_client',
      'delete_enrolled_finger_from_other_client',
      'release_from_other_client',
      'enroll_start_from_other_client',
      'verify_start_from_other_client',
      'verify_start_finger_from_other_client',
    ],
  },
  {
    file: 'bus-interface',
    title: 'a claim ends when its client leaves, whatever it was doing',
    names: [
      'claim_from_other_client_is_released_when_vanished',
      'claim_disconnect',
      'enroll_running_disconnect',
      'enroll_done_disconnect',
      'verify_running_disconnect',
      'verify_done_disconnect',
      'identify_running_disconnect',
      'identify_done_disconnect',
    ],
  },
  {
    file: 'bus-interface',
    title: 'names that are no finger are refused where one is needed, and mean any in a verification',
    names: [
      'any_finger_enroll_start',
      'wrong_finger_enroll_start',
      'any_finger_delete_print',
      'wrong_finger_delete_print',
      'verify_wrong_finger_match',
      'verify_wrong_finger_no_match',
    ],
  },
  {
    file: 'bus-interface',
    title: 'what one user has enrolled is listed, matched and deleted for this user alone',
    names: [
      'enroll_verify_list_delete',
      'unclaimed_list_enrolled_fingers',
      'unclaimed_list_enrolled_fingers_error',
      'allowed_list_enrolled_fingers_empty_user',
      'allowed_list_enrolled_fingers_current_user',
      'list_enrolled_fingers_current_user',
      'verify_any_finger_match',
      'verify_any_finger_no_match',
      'verify_any_finger_multiple_users',
      'delete',
    ],
  },
  {
    file: 'bus-interface',
    title: 'fingers are deleted one by one, all of the claimed user, and without a claim',
    names: [
      'enroll_delete2',
      'enroll_delete2_multiple',
      'enroll_delete_single',
      'delete_with_no_enrolled_prints',
      'unclaimed_delete_enrolled_fingers',
      'unclaimed_delete_enrolled_fingers_no_prints',
      'already_claimed_same_user_delete_enrolled_fingers',
      'already_claimed_same_user_delete_enrolled_fingers_no_prints',
      'already_claimed_other_user_delete_enrolled_fingers',
      'already_claimed_other_user_delete_enrolled_fingers_no_prints',
    ],
  },
  {
    file: 'bus-interface',
    title: 'two questions at once are both answered, and of two deletions one finds nothing',
    names: [
      'concourrent_list_enrolled_fingers',
      'concourrent_delete_enrolled_fingers',
      'concourrent_delete_enrolled_fingers_unclaimed',
      'concourrent_delete_enrolled_fingers2',
      'concourrent_delete_enrolled_finger',
    ],
  },
  {
    file: 'bus-interface',
    title: 'what is not enrolled cannot be verified, and nothing is under way then',
    names: [
      'verify_with_no_enrolled_prints',
      'verify_finger_not_enrolled',
      'verify_finger_not_enrolled_stops_verification',
      'identify_finger_not_enrolled',
      'identify_finger_not_enrolled_stops_verification',
      'enroll_stop_not_started',
      'verify_stop_not_started',
      'verify_finger_match',
      'verify_finger_no_match',
      'verify_finger_no_match_restart',
      'multiple_verify',
      'multiple_verify_cancelled',
      'verify_stop_restarts_immediately',
    ],
  },
  {
    file: 'bus-interface',
    title: 'another finger under the same name replaces the one before',
    names: ['enroll_already_enrolled_finger'],
  },
  {
    file: 'bus-interface',
    title: 'a finger that somebody has already is a duplicate',
    names: ['enroll_duplicate_image', 'enroll_users_duplicate_prints'],
  },
  {
    file: 'bus-interface',
    title: 'a touch that is too bad is told by its kind, and what runs goes on',
    names: [
      'enroll_retry_general',
      'enroll_retry_too_short',
      'enroll_retry_center_finger',
      'verify_retry_general',
      'verify_retry_general_restarted',
      'verify_retry_too_short',
      'verify_retry_center_finger',
    ],
  },
  {
    file: 'bus-interface',
    title: 'while something runs nothing else begins, is deleted, or is stopped in its place',
    names: [
      'enroll_start_during_enroll',
      'verify_start_during_enroll',
      'verify_stop_during_enroll',
      'enroll_stop_from_other_client',
      'delete_fingers_during_enroll',
      'delete_fingers2_during_enroll',
      'delete_finger_during_enroll',
      'enroll_concourrent_stop',
      'verify_start_during_verify',
      'enroll_start_during_verify',
      'enroll_stop_during_verify',
      'verify_stop_from_other_client',
      'delete_fingers_during_verify',
      'delete_fingers2_during_verify',
      'delete_finger_during_verify',
      'verify_concourrent_stop',
      'concourrent_enroll_start',
      'concourrent_verify_start',
      'enroll_stop_cancels',
      'verify_stop_cancels',
      'verify_finger_stop_cancels',
    ],
  },
  {
    file: 'bus-interface',
    title: 'a release ends what runs',
    names: ['busy_device_release_on_enroll', 'busy_device_release_on_verify', 'busy_device_release_on_verify_finger'],
  },
  {
    file: 'bus-interface',
    title: 'clients are told when a finger is needed, and when one was there',
    names: ['enroll_finger_status', 'verify_finger_status'],
  },
  {
    file: 'bus-interface',
    title: 'a reader that is unplugged is told, stays until it is let go, and comes back',
    names: ['removal_during_enroll', 'enroll_error_proto', 'verify_error_proto'],
  },
  {
    file: 'fprint-service',
    title: 'a reader that fails ends what runs',
    names: [
      'enroll_error_general',
      'enroll_error_not_supported',
      'enroll_error_not_open',
      'enroll_error_already_open',
      'enroll_error_busy',
      'enroll_error_data_invalid',
      'enroll_error_data_not_found',
      'verify_error_general',
      'verify_error_not_supported',
      'verify_error_not_open',
      'verify_error_already_open',
      'verify_error_busy',
      'verify_error_data_invalid',
      'verify_error_data_not_found',
      'verify_error_data_full',
    ],
  },
  {
    file: 'bus-interface',
    title: 'polkit has to agree to what is done, for whom, and is not asked to end it',
    names: [
      'allowed_claim_release_enroll',
      'allowed_claim_release_verify',
      'unallowed_claim',
      'unallowed_claim_current_user',
      'unallowed_enroll_with_verify_claim',
      'unallowed_delete_with_verify_claim',
      'unallowed_delete2_with_verify_claim',
      'unallowed_delete_single_with_verify_claim',
      'unallowed_verify_with_enroll_claim',
      'always_allowed_release',
      'unallowed_enroll_start',
      'always_allowed_enroll_stop',
      'unallowed_verify_start',
      'always_allowed_verify_stop',
      'unallowed_list_enrolled_fingers',
      'unallowed_list_enrolled_fingers_current_user',
      'unallowed_delete_enrolled_fingers',
      'unallowed_delete_enrolled_fingers2',
      'unallowed_delete_enrolled_finger',
    ],
  },
  {
    file: 'bus-interface',
    title: 'a question that polkit does not answer keeps nobody else waiting',
    names: [
      'hanging_claim_does_not_block_new_claim_external_client',
      'hanging_claim_does_not_block_new_claim',
      'hanging_claim_enroll_does_not_block_new_claim',
      'hanging_claim_does_not_block_new_release',
      'hanging_claim_does_not_block_list',
      'hanging_claim_can_proceed_when_released',
      'hanging_claim_does_not_block_empty_list',
      'hanging_claim_does_not_block_verification',
    ],
  },
  {
    file: 'fprint-service',
    title: 'a storage that fails is told, and nothing is lost',
    names: [
      'enroll_delete_storage_error',
      'enroll_delete2_storage_error',
      'enroll_delete_single_storage_error',
      'enroll_invalid_storage_dir',
      'enroll_write_print_error',
    ],
  },
  {
    file: 'fprint-service',
    title: 'letting go waits for a deletion',
    names: ['release_waits_for_deletion'],
  },
  {
    file: 'fprint-service',
    title: 'a reader that matches inside enrolls, verifies, and says when it does not delete',
    names: [
      'delete_enrolled_fingers_device_error',
      'delete_enrolled_fingers2_device_error',
      'delete_enrolled_finger_device_error',
    ],
  },
  {
    file: 'stock-clients',
    title: 'enroll, list, verify and delete',
    names: [
      'enroll',
      'utils:verify_match',
      'utils:verify_no_match',
      'utils:verify_any_finger_match',
      'utils:verify_any_finger_no_match',
      'delete_no_prints',
    ],
  },
  {
    file: 'stock-clients',
    title: 'one finger, and those of several users, are deleted by name',
    names: ['delete_single_finger', 'delete_multiple_users_single_finger'],
  },
  {
    file: 'stock-clients',
    title: 'refusals and a reader that goes are said by the programs',
    names: [
      'delete_already_claimed',
      'enroll_error',
      'enroll_error_invalid_finger',
      'verify_error',
      'verify_any_finger_error',
    ],
  },
  {
    file: 'pam',
    title: 'a client that is killed in the middle of a verification leaves a reader that the next one can claim',
    names: ['vanished_client_operation_is_cancelled'],
  },
  {
    answer:
      'Every sensor says why a touch was bad in the words of the framework, which has none for a finger that has to be lifted first: it is asked for again.',
    names: ['enroll_retry_remove_finger', 'verify_retry_remove_finger'],
  },
  {
    answer:
      'A full storage is `enroll-data-full` (`daemon/fprintd/touch-results.ts`). Our storages have no limit but the disk, and the tests of faults fill that.',
    names: ['enroll_error_data_full'],
  },
  {
    answer:
      'A claim opens a session of the service, which needs no device: a reader that cannot be opened is no unit, and is not offered.',
    names: ['claim_device_open_fail', 'claim_error', 'delete_error_claiming'],
  },
  {
    answer:
      'Letting go closes a session, which never fails; a reader that fails meanwhile is told by the next operation.',
    names: ['release_error', 'release_fails_while_closing', 'delete_release_error'],
  },
  {
    answer: 'The same refusal, from fprintd-delete, of the reader that matches inside above.',
    names: ['delete_error'],
  },
  {
    answer:
      'Templates are in memory, and were checked when the service started: there is nothing to read, and nothing that could be broken, when somebody verifies. Damaged databases: `test/daemon/damaged-database.test.ts`.',
    names: ['verify_invalid_storage_dir', 'verify_read_print_error', 'unclaimed_list_enrolled_fingers_ignores_invalid'],
  },
  {
    answer:
      'A capture that is stopped ends at once, whether a finger is on the sensor or not; nothing waits for it to be lifted.',
    names: [
      'verify_stop_waits_for_completion',
      'verify_stop_waits_for_completion_waiting_timeout',
      'verify_stop_waits_for_completion_is_stopped_by_release',
    ],
  },
  {
    answer: 'An operation has one answer (conformance: exactly one notice), and nothing follows it.',
    names: ['verify_error_ignored_after_report'],
  },
  {
    answer:
      'One storage deletes all fingers of a user in one transaction: there are no two errors to choose from. A device that is gone is no unit any more.',
    names: [
      'delete_enrolled_fingers_device_removed',
      'delete_enrolled_fingers2_device_removed',
      'delete_enrolled_finger_device_removed',
      'delete_enrolled_fingers_storage_error_has_higher_priority',
      'delete_enrolled_fingers2_storage_error_has_higher_priority',
      'delete_enrolled_finger_storage_error_has_higher_priority',
    ],
  },
  {
    answer:
      'What is on a chip and in no record is the business of readers that match inside, not of the bus: it is found, told and deleted by `whorl readers prints` (`test/devices/reconcile.test.ts`).',
    names: ['garbage_collect', 'garbage_collect_on_duplicate', 'garbage_collect_failed_on_duplicate', 'clear_storage'],
  },
  {
    answer:
      'How many touches, and how, is what the engine and the sensor say when they are attached; drivers that change it while they run are not known to us.',
    names: ['enroll_with_one_stage_only', 'scan_type_changes'],
  },
  {
    answer:
      'A touch is compared with all fingers of the user whatever the reader is; `any` is not the first one. Tested with any finger above.',
    names: ['verify_any_finger_match_first_only', 'no-storage:verify_any_finger_no_match'],
  },
];
